import { basename, join } from 'node:path'
import { intersects, validRange } from 'semver'
import type { Finding, Place } from '../finding.ts'
import { readImage } from '../launches/dockerfile-stages.ts'
import { isDockerfile } from '../launches/find-launches.ts'
import { pathText } from '../packages/graph.ts'
import { type Service, shown } from '../service.ts'
import { readText } from '../source/read-text.ts'
import type { Context } from './check.ts'
import { report } from './report.ts'

/** Where it is written which Node runs the service; of a major alone every version is meant. */
interface Declared extends Place {
  readonly range: string
  readonly says: string
}

export function nodeVersions(service: Service, { set, node }: Context): readonly Finding[] {
  const { manifest } = service
  const engines = manifest.value.engines?.node
  const own = validRange(engines) === null ? undefined : engines
  const place = { file: manifest.file, line: manifest.lineOf('engines', 'node') }
  const declared = findDeclared(service)
  // Where nobody says otherwise the service is run as the doctor is.
  const runs = declared.length > 0 ? declared : [{ ...place, range: node, says: `this is Node ${node}` }]
  const supported = `${set.node.range} is supported by the set ${set.name}`
  if (declared.length === 0 && own !== undefined && !intersects(own, set.node.range))
    return [report('TUTTI101', place, `engines asks for Node ${own}, and ${supported}`)]
  return runs.flatMap(each => {
    if (own !== undefined && !intersects(each.range, own))
      return [report('TUTTI102', each, `${each.says}, and engines of package.json asks for ${own}`)]
    if (!intersects(each.range, set.node.range))
      return [report('TUTTI101', each, `${each.says}, and ${supported}`)]
    const [first, ...others] = unfit(service, each.range)
    if (first === undefined) return []
    const more = others.length === 0 ? '' : `, and ${others.length} more packages do not run there`
    return [report('TUTTI102', each, `${each.says}, and ${first}${more}`)]
  })
}

/** Direct dependencies that say they do not run there. */
function unfit({ packages }: Service, range: string): string[] {
  return (packages?.copies ?? []).flatMap(copy => {
    const wanted = copy.manifest.engines?.node
    if (copy.path.length > 1 || wanted === undefined || validRange(wanted) === null) return []
    return intersects(range, wanted) ? [] : [`${pathText(copy)} asks for ${wanted}`]
  })
}

function findDeclared(service: Service): Declared[] {
  const { folder, files, manifest } = service
  const found: Declared[] = []
  const add = (text: string | undefined, says: (version: string) => string, file: string, line: number) => {
    const version = text?.trim().replace(/^v/, '')
    // Words such as `lts/*` and `current` mean another one each year.
    if (version !== undefined && /^\d+(?:\.\d+){0,2}$/.test(version) && validRange(version) !== null)
      found.push({ range: version, says: says(version), file, line })
  }
  for (const name of ['.nvmrc', '.node-version'])
    add(readText(join(folder, name)), version => `${name} says Node ${version}`, join(folder, name), 1)
  add(
    manifest.value.volta?.node,
    version => `volta pins Node ${version}`,
    manifest.file,
    manifest.lineOf('volta', 'node'),
  )
  for (const file of files.filter(isDockerfile)) {
    const image = readImage(file)
    const tag = /(?:^|\/)node:(\d+(?:\.\d+){0,2})(?=$|[-@])/.exec(image?.base ?? '')?.[1]
    const says = (version: string) => `${shown(service, file) || basename(file)} begins with Node ${version}`
    add(tag, says, file, image?.baseLine ?? 1)
  }
  return found
}
