/**
 * The figures of docs/reliability.md: `npm run --workspace @tutti/aggregator figures`, after a build. With names as
 * arguments only those: large, scrapers, stopped, restarts, threads, fold. Whatever is wrong on a page is an error.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fold } from './figures/fold.ts'
import { large } from './figures/large.ts'
import { restarts } from './figures/restarts.ts'
import { scrapers } from './figures/scrapers.ts'
import { stopped } from './figures/stopped.ts'
import { threads } from './figures/threads.ts'

const FIGURES = { large, scrapers, stopped, restarts, threads, fold }
const names = process.argv.slice(2)
let failures = 0
for (const [name, measure] of Object.entries(FIGURES)) {
  if (names.length > 0 && !names.includes(name)) continue
  const parent = mkdtempSync('/dev/shm/tutti-figures-')
  try {
    for (const line of await measure(join(parent, 'segments'))) console.log(`- ${line}`)
  } catch (error) {
    failures++
    console.error(name, error)
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}
console.log(`${failures} failed`)
process.exitCode = failures > 0 ? 1 : 0
