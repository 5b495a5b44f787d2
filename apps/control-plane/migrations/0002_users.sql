-- Up Migration

create table app_user (
  id uuid primary key,
  name text not null unique,
  role text not null check (role in ('viewer', 'operator', 'admin')),
  created_at timestamptz not null default now()
);

-- Only what a token hashes to is kept: who reads this table can use none of them.
create table api_token (
  hash bytea primary key check (octet_length(hash) = 32),
  id uuid not null unique,
  user_id uuid not null references app_user on delete cascade,
  label text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz
);

create index api_token_user on api_token (user_id);
