-- Up Migration

alter table deployment
  drop constraint deployment_status_check,
  add constraint deployment_status_check
    check (status in ('queued', 'rolling', 'done', 'cancelled', 'rolled_back', 'failed')),
  -- When it reached its first ring.
  add column started_at timestamptz,
  -- How often in a row the gate before its next ring has said no.
  add column gate_failures integer not null default 0;

update deployment set started_at = created_at where ring_number > 0;

drop index deployment_due;
create index deployment_due on deployment (due_at) where status in ('queued', 'rolling');

-- One row each time that a gate was asked whether a deployment may enter a ring.
create table gate_evaluation (
  number bigint generated always as identity primary key,
  deployment_id uuid not null references deployment on delete cascade,
  ring text not null,
  -- unavailable: nobody could say; the deployment waits, and it counts as neither.
  verdict text not null check (verdict in ('pass', 'fail', 'unavailable')),
  reason text not null,
  evaluated_at timestamptz not null default now()
);

create index gate_evaluation_time on gate_evaluation (evaluated_at);
create index gate_evaluation_deployment on gate_evaluation (deployment_id);
