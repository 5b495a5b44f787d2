-- Up Migration

create table feed (
  id uuid primary key,
  name text not null unique,
  url text not null,
  interval_ms integer not null check (interval_ms > 0),
  active boolean not null default true,
  due_at timestamptz not null default now(),
  -- The id of the newest item that was read: the next poll asks for what comes after it.
  position text,
  polls bigint not null default 0,
  failed_polls bigint not null default 0,
  last_polled_at timestamptz,
  last_error text,
  created_at timestamptz not null default now()
);

create index feed_due on feed (due_at) where active;

create table feed_item (
  feed_id uuid not null references feed on delete cascade,
  item_id text not null,
  title text not null,
  url text not null,
  discovered_at timestamptz not null default now(),
  primary key (feed_id, item_id)
);
