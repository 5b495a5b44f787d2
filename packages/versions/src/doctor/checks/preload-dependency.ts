import { applyEdits, modify } from 'jsonc-parser'
import type { Edit, Finding } from '../finding.ts'
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

/** As one edit of the whole file: npm keeps names in order, and so is it here. */
function move({ manifest }: Service, version: string): Edit[] {
  const { file, text, value } = manifest
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: /^( +)"/m.exec(text)?.[1]?.length ?? 2,
  }
  const without = applyEdits(text, modify(text, ['devDependencies', NAME], undefined, { formattingOptions }))
  const dependencies = Object.entries({ ...value.dependencies, [NAME]: version }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  )
  const changed = modify(without, ['dependencies'], Object.fromEntries(dependencies), { formattingOptions })
  return [{ file, offset: 0, length: text.length, text: applyEdits(without, changed) }]
}
