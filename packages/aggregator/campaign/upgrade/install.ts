import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { LAYOUT_VERSION } from '../../src/segment/layout.ts'

/** An installation of this package as it was built, whose segments have the next layout version. */
export interface NextVersion {
  /** Its `lives/writer.ts`. */
  readonly writer: string
  /** To be imported. */
  readonly url: string
}

/** What the number stands in, where the bundler put it: in what is written, and in what is read. */
const PLACES = ['HEADER.version, ', 'version !== ', 'this one reads ']

/** Throws when the built package does not look as expected: then nothing would have been changed. */
export function installNextVersion(folder: string): NextVersion {
  const modules = join(folder, 'node_modules')
  const ours = fileURLToPath(new URL('../..', import.meta.url))
  const copy = join(modules, '@tutti/aggregator')
  mkdirSync(copy, { recursive: true })
  cpSync(join(ours, 'package.json'), join(copy, 'package.json'))
  cpSync(join(ours, 'dist'), join(copy, 'dist'), { recursive: true })
  const shared = fileURLToPath(new URL('../../../../node_modules', import.meta.url))
  for (const name of readdirSync(shared))
    if (name !== '@tutti') symlinkSync(join(shared, name), join(modules, name))
  const files = readdirSync(join(copy, 'dist')).map(name => join(copy, 'dist', name))
  for (const place of PLACES) {
    const changed = files.filter(file => raise(file, place))
    // Once for each of the two module systems.
    if (changed.length !== 2)
      throw new Error(`"${place}${LAYOUT_VERSION}" is in ${changed.length} files of dist, not in 2`)
  }
  for (const name of ['writer.ts', 'notes.ts']) cpSync(join(ours, 'campaign/lives', name), join(folder, name))
  return { writer: join(folder, 'writer.ts'), url: pathToFileURL(join(copy, 'dist/index.mjs')).href }
}

function raise(file: string, place: string): boolean {
  const text = readFileSync(file, 'utf8')
  const raised = text.replaceAll(`${place}${LAYOUT_VERSION}`, `${place}${LAYOUT_VERSION + 1}`)
  if (raised !== text) writeFileSync(file, raised)
  return raised !== text
}
