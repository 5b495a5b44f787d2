import { addDependency, modifyJson } from '../doctor/fix/add-dependency.ts'
import type { Service } from '../doctor/service.ts'

/** The text of package.json with the preload among the dependencies, and a start script where nothing else starts it. */
export function editPackageJson({ launches, manifest }: Service, text: string, version: string): string {
  const { main, scripts } = manifest.value
  const changed = addDependency(text, `^${version}`)
  if (launches.length > 0 || scripts?.start !== undefined || main === undefined) return changed
  return modifyJson(changed, ['scripts', 'start'], `node --require @tutti/preload ${main}`)
}
