import type { Finding } from '../finding.ts'

/** Several launches may run one script, or share a command: what is wrong with that line is said once. */
export function oneALine(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map(finding => [`${finding.file}:${finding.line}`, finding])).values()]
}
