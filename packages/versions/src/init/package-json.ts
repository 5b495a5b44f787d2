import { applyEdits, modify, parse } from 'jsonc-parser'
import type { ServiceManifest } from '../doctor/launches/find-launches.ts'
import type { Service } from '../doctor/service.ts'

const NAME = '@tutti/preload'

/** The text of package.json with the preload among the dependencies, and a start script where nothing else starts it. */
export function editPackageJson(service: Service, text: string, version: string): string {
  const { dependencies, devDependencies, main, scripts } = parse(text) as ServiceManifest
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: /^( +)"/m.exec(text)?.[1]?.length ?? 2,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  }
  let changed = text
  const set = (path: string[], value: unknown) => {
    changed = applyEdits(changed, modify(changed, path, value, { formattingOptions }))
  }
  if (dependencies?.[NAME] === undefined) {
    if (devDependencies?.[NAME] !== undefined) set(['devDependencies', NAME], undefined)
    const all = { ...dependencies, [NAME]: devDependencies?.[NAME] ?? `^${version}` }
    set(['dependencies'], Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))))
  }
  if (service.launches.length === 0 && scripts?.start === undefined && main !== undefined)
    set(['scripts', 'start'], `node --require ${NAME} ${main}`)
  return changed
}
