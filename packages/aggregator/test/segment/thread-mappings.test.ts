import { renderMetrics } from '@tutti/aggregator'
import { expect, test } from 'vitest'
import { forkApp } from '../apps/fork.ts'
import { parsePlainly } from '../page.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const THREADS = 60

test('of threads that ended or were ended nothing stays mapped, and what they counted is on the page', async () => {
  const directory = temporaryDirectory()
  const app = forkApp('thread-after-thread.ts', { TEST_DIRECTORY: directory, TEST_THREADS: String(THREADS) })
  const { mapped, grownBy } = await app.message<{ mapped: number; grownBy: number }>('mappings')
  // The main thread's own segment is one mapping.
  expect(mapped, app.output()).toBe(1)
  // V8 maps now more, now less. Versions 3.1 to 3.3 of koffi kept two to three mappings of every thread, with what was
  // touched of their 3 MB; a process may have 65,530.
  expect(grownBy).toBeLessThan((THREADS * 2) / 3)
  const samples = async () => parsePlainly((await renderMetrics(directory)).body.toString())
  await expect.poll(async () => (await samples()).counted_total).toBe(2 + THREADS)
  expect((await samples())[`counted_total{id="7",text="${'x'.repeat(200)}"}`]).toBe(THREADS)
})
