-- Up Migration

-- An export is written page by page, so that no process holds more than a page of it, and another one goes on with it.
create table export_part (
  export_id uuid not null references export_job on delete cascade,
  -- The number of the last deployment in it.
  position bigint not null,
  content text not null,
  primary key (export_id, position)
);

-- What was done before was one text, with its beginning and its end; it can be asked for anew.
delete from export_job where status = 'done';

alter table export_job
  drop column content,
  -- Deployments up to this number are in its parts.
  add column position bigint not null default 0;
