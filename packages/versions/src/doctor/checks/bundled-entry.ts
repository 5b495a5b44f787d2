import { findBundled } from '@tutti/preload/knowledge'
import type { Finding } from '../finding.ts'
import { finalLaunch } from '../launches/final-launch.ts'
import { type Service, shown } from '../service.ts'
import { findEntry } from '../source/entry.ts'
import type { Context } from './check.ts'
import { report } from './report.ts'

/** As the preload tells bundles when an app runs: only what bundlers write over a library's code counts. */
export async function bundledEntry(service: Service, { set }: Context): Promise<readonly Finding[]> {
  const entries = new Set(
    service.launches.flatMap(launch => {
      const { command } = finalLaunch(launch, service) ?? {}
      return command?.runner === 'node' ? (findEntry(service, command.entry) ?? []) : []
    }),
  )
  const findings: Finding[] = []
  for (const file of entries) {
    const found = await findBundled(file, Object.keys(set.libraries))
    if (found === 'next' || found.length === 0) continue
    findings.push(
      report(
        'TUTTI214',
        { file, line: 1 },
        `${shown(service, file)} is a bundle that contains ${found.join(', ')}`,
      ),
    )
  }
  return findings
}
