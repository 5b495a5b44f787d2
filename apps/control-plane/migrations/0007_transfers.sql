-- Up Migration

-- The row is the truth: what has been acknowledged is in it. The queue in Redis only says who works on it when.
create table import_job (
  id uuid primary key,
  format text not null check (format in ('csv', 'json')),
  status text not null default 'queued' check (status in ('queued', 'running', 'done')),
  content text not null,
  items integer not null,
  -- Items that are settled: those before it are deployments or errors, those after it are neither.
  position integer not null default 0 check (position between 0 and items),
  processed integer not null default 0,
  failed integer not null default 0,
  -- Until then the process that works on it is taken to be alive.
  lease_until timestamptz,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  check (processed + failed = position)
);

create index import_job_open on import_job (created_at) where status <> 'done';

create table import_error (
  import_id uuid not null references import_job on delete cascade,
  item integer not null,
  reason text not null,
  primary key (import_id, item)
);

alter table deployment
  add column import_id uuid references import_job on delete set null,
  add column import_item integer,
  add unique (import_id, import_item);

create table export_job (
  id uuid primary key,
  format text not null check (format in ('csv', 'json')),
  status text not null default 'queued' check (status in ('queued', 'running', 'done')),
  -- Only deployments in this status; all of them if it is null.
  deployment_status text,
  items integer,
  content text,
  lease_until timestamptz,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);

create index export_job_open on export_job (created_at) where status <> 'done';
