-- Up Migration

create table connector (
  kind text primary key check (kind in ('ticketing', 'ci', 'chat', 'registry')),
  url text not null,
  enabled boolean not null default true,
  -- What the last check has found; null until there was one.
  healthy boolean,
  checked_at timestamptz,
  updated_at timestamptz not null default now()
);

-- What is to be told to an outside system. Written with the change that it tells of, so neither is without the other;
-- delivered at least once.
create table notification (
  id uuid primary key,
  number bigint generated always as identity unique,
  connector text not null references connector on delete cascade,
  deployment_id uuid not null references deployment on delete cascade,
  event text not null check (event in ('done', 'cancelled', 'rolled_back', 'failed')),
  status text not null default 'pending' check (status in ('pending', 'delivered', 'given_up')),
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  delivered_at timestamptz
);

create index notification_due on notification (due_at) where status = 'pending';
create index notification_deployment on notification (deployment_id);
