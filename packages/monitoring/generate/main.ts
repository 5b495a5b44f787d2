import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildMonitoring } from '../src/build-monitoring.ts'
import { controlPlane } from './control-plane.ts'

/** `npm run --workspace @tutti/monitoring generate`: writes everything below deploy/ that is generated. */
for (const { path, text } of buildMonitoring(controlPlane)) {
  const file = fileURLToPath(new URL(`../../../deploy/${path}`, import.meta.url))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
