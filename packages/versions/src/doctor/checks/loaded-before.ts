import type { Finding } from '../finding.ts'
import { finalLaunch, preloadedBy } from '../launches/final-launch.ts'
import { hasPreload } from '../launches/has-preload.ts'
import { namesPreload } from '../launches/node-command.ts'
import type { Service } from '../service.ts'
import { findEntry } from '../source/entry.ts'
import { readText } from '../source/read-text.ts'
import type { Context } from './check.ts'
import { oneALine } from './one-a-line.ts'
import { report } from './report.ts'

/** What Node is told to load before the preload may load libraries, which then are not seen. */
export function loadedBefore(service: Service, { set }: Context): readonly Finding[] {
  const findings = service.launches.flatMap(launch => {
    if (hasPreload(launch, service) !== true) return []
    const last = finalLaunch(launch, service) ?? launch
    // Node loads all that is required before anything that is imported.
    const all = preloadedBy(launch, last).toSorted(
      (a, b) => Number(a.how === 'import') - Number(b.how === 'import'),
    )
    const before = all.slice(
      0,
      all.findIndex(each => namesPreload([each])),
    )
    return before.flatMap(({ name }) => {
      const library = Object.keys(set.libraries).find(each => loads(service, name, each))
      if (library === undefined) return []
      return [report('TUTTI215', last, `${name} is loaded before @tutti/preload, and loads ${library}`)]
    })
  })
  return oneALine(findings)
}

function loads(service: Service, name: string, library: string): boolean {
  if (name === library) return true
  const file = /^\.{0,2}\//.test(name) ? findEntry(service, name) : undefined
  const text = file === undefined ? undefined : readText(file)
  return (
    text !== undefined &&
    new RegExp(`(?:require\\s*\\(\\s*|from\\s+|import\\s+)['"]${library}['"]`).test(text)
  )
}
