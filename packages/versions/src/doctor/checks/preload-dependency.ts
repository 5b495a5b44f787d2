import type { Edit, Finding } from '../finding.ts'
import { addDependency } from '../fix/add-dependency.ts'
import { hasPreload } from '../launches/has-preload.ts'
import type { Service } from '../service.ts'
import { report } from './report.ts'

const NAME = '@tutti/preload'

export function preloadDependency(service: Service): readonly Finding[] {
  const { manifest, launches } = service
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest.value
  const launch = launches.find(each => each.command !== undefined && hasPreload(each, service) === true)
  if (launch === undefined || NAME in { ...dependencies, ...optionalDependencies, ...peerDependencies })
    return []
  // In the middle of a repository somebody above may have it.
  if (Object.keys(manifest.value).length === 0) return []
  if (devDependencies?.[NAME] !== undefined) {
    const place = { file: manifest.file, line: manifest.lineOf('devDependencies', NAME) }
    const mend = `Move ${NAME} to dependencies.`
    const what = `${NAME} is among devDependencies, and ${launch.label} starts with it`
    return [report('TUTTI109', place, what, mend, move(service, devDependencies[NAME]))]
  }
  if (manifest.value.workspaces !== undefined) return []
  return [report('TUTTI109', launch, `${launch.label} starts with ${NAME}, which package.json does not name`)]
}

/** As one edit of the whole file. */
function move({ manifest: { file, text } }: Service, range: string): Edit[] {
  return [{ file, offset: 0, length: text.length, text: addDependency(text, range) }]
}
