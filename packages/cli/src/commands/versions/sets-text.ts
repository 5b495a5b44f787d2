import type { VersionSet } from '@tutti/versions'
import { heading } from '../../terminal/style.ts'
import { table } from '../../terminal/table.ts'

export function setsText(sets: readonly VersionSet[]): string {
  const columns = ['SET', 'DATE', 'NODE', 'API', 'SDK', 'INSTRUMENTATION', 'PACKAGES']
  return table(
    columns.map(title => ({ title, right: title === 'PACKAGES' })),
    sets.map(({ name, date, node, packages }) => [
      name,
      date,
      node.range,
      packages['@opentelemetry/api']!,
      packages['@opentelemetry/sdk-metrics']!,
      packages['@opentelemetry/instrumentation']!,
      String(Object.keys(packages).length),
    ]),
  )
}

export function setText({ name, date, node, packages, libraries }: VersionSet): string {
  return [
    `${heading(name)} of ${date}: Node ${node.range}, tested on ${node.versions.join(', ')}`,
    '',
    table([{ title: 'PACKAGE' }, { title: 'VERSION' }], Object.entries(packages)),
    '',
    table([{ title: 'LIBRARY' }, { title: 'SUPPORTED' }], Object.entries(libraries)),
  ].join('\n')
}
