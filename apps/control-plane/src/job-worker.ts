import { runJobWorker } from './job-worker/run.ts'
import { readSettings } from './settings.ts'

// Run as `node --require @tutti/preload dist/job-worker.mjs`, with the API's TUTTI_DIR.
try {
  await runJobWorker(readSettings())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
