import type { NamedQuery } from './queries.ts'

/** Queries that have no answer in the live test, and why that is as it should be. */
const reasons: [matches: RegExp, reason: string][] = [
  [/\b(?:node|container)_\w+/, 'there is neither a node_exporter nor a kubelet'],
  [/tutti_overflow_measurements_total/, 'no limit of series is reached'],
  [/db_client_connection_timeouts_total/, 'nobody waits for a connection in vain'],
  [/messaging_process_duration_seconds_count\{[^}]*error_type!=""/, 'no job of the queue fails'],
  [/(?:import_job|export)_errors_total/, 'no transfer fails for good'],
  [/^absent\(/, 'the targets are there'],
]

export function mayBeEmpty({ expr }: NamedQuery): boolean {
  return reasons.some(([matches]) => matches.test(expr))
}
