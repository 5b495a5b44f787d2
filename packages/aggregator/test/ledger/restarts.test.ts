import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startExposer } from '@tutti/aggregator'
import { expect, onTestFinished, test } from 'vitest'
import { parsePlainly } from '../page.ts'
import { testProvider } from '../provider.ts'

const RESTARTS = 500
const AT_ONCE = 4
const FILES_LIMIT = 100
/** Three locks, the ledger, the exposer's address. */
const CONSTANT_FILES = 5

test('after 500 short lives the directory holds the living and a constant, and the page the whole truth', async () => {
  const { directory } = testProvider()
  const exposer = await startExposer({ directory, port: 0 })
  onTestFinished(() => exposer.close())

  const app = fileURLToPath(new URL('../apps/short-lived.ts', import.meta.url))
  const compiled = mkdtempSync(join(tmpdir(), 'tutti-compiled-'))
  onTestFinished(() => rmSync(compiled, { recursive: true }))
  const live = async (life: number) => {
    const env = {
      ...{ ...process.env, TEST_DIRECTORY: directory, TEST_END: life % 2 === 0 ? 'kill' : 'exit' },
      // Half of a short life would be spent on compiling.
      NODE_COMPILE_CACHE: compiled,
    }
    const [code, signal] = await once(spawn(process.execPath, [app], { env, stdio: 'inherit' }), 'exit')
    expect(code ?? signal).toBe(life % 2 === 0 ? 'SIGKILL' : 0)
  }
  for (let life = 0; life < RESTARTS; life += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, each) => live(life + each)))
    // The exposer folds once a second: until then the dead of that second are there, and of no earlier one.
    await expect
      .poll(() => readdirSync(directory).length, { timeout: 20_000, interval: 200 })
      .toBeLessThan(FILES_LIMIT)
  }

  const samples = parsePlainly(await (await fetch(exposer.url)).text())
  expect(samples).toMatchObject({ runs_total: RESTARTS, share_count: RESTARTS, tutti_writers: 1 })
  expect(samples).toMatchObject({
    tutti_writer_starts_total: RESTARTS + 1,
    tutti_writer_clean_exits_total: RESTARTS / 2,
    tutti_writer_deaths_total: RESTARTS / 2,
    tutti_folded_segments_total: RESTARTS,
  })
  // A tenth can't be written as a float: added up exactly, five hundred are fifty whichever way they are folded.
  expect(samples.share_sum).toBe(50)
  expect(readdirSync(directory).length).toBeLessThanOrEqual(1 + CONSTANT_FILES)
}, 600_000)
