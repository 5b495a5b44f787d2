import type { NamedQuery } from './queries.ts'

/** Queries that have no answer in the live test, and why that is as it should be. */
const reasons: [matches: RegExp, reason: string][] = [
  [/\bcontainer_\w+/, 'there is no kubelet'],
  [/tutti_overflow_measurements_total/, 'no limit of series is reached'],
  [/^absent\(/, 'the targets are there'],
]

/** Queries that have an answer only on some machines, or on a busy one. */
const possible: [matches: RegExp, reason: string][] = [
  [/node_filesystem_/, 'a container may have no disk but its overlay'],
  [/db_client_connection_timeouts_total/, 'somebody may wait for a connection in vain'],
  [/messaging_process_duration_seconds_count\{[^}]*error_type!=""/, 'a job may fail while Redis is away'],
  [/(?:import_job|export)_errors_total/, 'a transfer may fail for good'],
]

export function mayBeEmpty({ expr }: Pick<NamedQuery, 'expr'>): boolean {
  return reasons.some(([matches]) => matches.test(expr))
}

export function isPossiblyEmpty({ expr }: Pick<NamedQuery, 'expr'>): boolean {
  return possible.some(([matches]) => matches.test(expr))
}
