import cluster from 'node:cluster'
import { readSettings } from './settings.ts'

// Run as `node --require @tutti/preload dist/api.mjs`. The primary never loads what only workers need.
try {
  const settings = readSettings()
  if (cluster.isPrimary) (await import('./api/primary.ts')).runPrimary(settings)
  else await (await import('./api/worker.ts')).runWorker(settings)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
