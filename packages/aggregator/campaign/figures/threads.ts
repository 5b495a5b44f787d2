import { fork } from 'node:child_process'
import { once } from 'node:events'
import { statfsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startExposer } from '../../dist/index.mjs'
import { scrape, valueOn } from './scrape.ts'

const THREADS = 1_000
const PROGRAM = fileURLToPath(new URL('../../test/apps/thread-after-thread.ts', import.meta.url))

/** 1,000 threads one after the other in one process, each with 500 series. */
export async function threads(directory: string): Promise<string[]> {
  const exposer = await startExposer({ directory, port: 0, thread: true })
  const child = fork(PROGRAM, {
    env: { ...process.env, TEST_DIRECTORY: directory, TEST_THREADS: String(THREADS) },
  })
  const usedBytes = () => {
    const { blocks, bfree, bsize } = statfsSync('/dev/shm')
    return (blocks - bfree) * bsize
  }
  const before = usedBytes()
  try {
    const [message] = (await once(child, 'message')) as [{ mappings: { mapped: number; grownBy: number } }]
    const { mapped, grownBy } = message.mappings
    // One more, that of the main thread itself.
    let total = 0
    for (let tries = 0; tries < 50 && total < THREADS + 2; tries++)
      total = valueOn((await scrape(exposer.url)).text, 'counted_total{otel')
    const kept = usedBytes() - before
    if (mapped !== 1 || grownBy > THREADS / 10)
      throw new Error(`${mapped} mappings, ${grownBy} more of others`)
    return [
      `${THREADS.toLocaleString('en')} threads one after the other, 501 series each, every third one terminated: ${mapped} mapping in the process in the end, its own; ${total - 2} threads counted`,
      `memory file system: ${(kept / 1e6).toFixed(1)} MB more than before, the ledger included`,
    ]
  } finally {
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
    await exposer.close()
  }
}
