-- Up Migration

-- One row for each link that somebody wanted to know more about.
create table unfurl (
  number bigint generated always as identity primary key,
  url text not null,
  outcome text not null check (outcome in ('success', 'cached', 'refused', 'failure')),
  title text,
  description text,
  unfurled_at timestamptz not null default now()
);

create index unfurl_known on unfurl (url, unfurled_at) where outcome = 'success';
