import type { Finding } from '../finding.ts'
import { isBroken, type Service } from '../service.ts'
import { report } from './report.ts'

export function readable(service: Service): readonly Finding[] {
  const place = { file: service.manifest.file, line: 1 }
  if (isBroken(service)) return [report('TUTTI001', place, 'package.json is no JSON')]
  if (service.packages !== undefined) return []
  return [
    report(
      'TUTTI002',
      place,
      'its dependencies are not installed, and no lock file that is understood is near',
    ),
  ]
}
