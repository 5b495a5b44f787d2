-- Up Migration

create table deployment (
  id uuid primary key,
  -- Orders the list: ids are random.
  number bigint generated always as identity unique,
  service text not null,
  version text not null,
  rings text[] not null check (cardinality(rings) > 0),
  -- Counts the rings reached so far, so that rings[ring_number] is the current one; 0 is before the first.
  ring_number integer not null default 0 check (ring_number between 0 and cardinality(rings)),
  status text not null default 'queued' check (status in ('queued', 'rolling', 'done')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  -- When the job worker may promote it next.
  due_at timestamptz not null default now()
);

create index deployment_due on deployment (due_at) where status <> 'done';

-- One row a promotion, whoever made it: what the business counters must agree with.
create table ring_promotion (
  deployment_id uuid not null references deployment on delete cascade,
  ring text not null,
  trigger text not null check (trigger in ('api', 'job')),
  promoted_at timestamptz not null default now(),
  primary key (deployment_id, ring)
);
