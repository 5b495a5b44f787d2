import { startExposer } from '@tutti/aggregator'
import { expect, onTestFinished, test } from 'vitest'
import { forkApp } from '../apps/fork.ts'
import { parsePlainly } from '../page.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

test('a thread is a writer like a process: it dies by itself, and what it counted stays', async () => {
  const directory = temporaryDirectory()
  const app = forkApp('threads.ts', { TEST_DIRECTORY: directory })
  await app.message('ready')
  const exposer = await startExposer({ directory, port: 0 })
  onTestFinished(() => exposer.close())
  expect(parsePlainly(await (await fetch(exposer.url)).text())).toMatchObject({
    'counted_total{who="main"}': 1,
    'counted_total{who="thread"}': 3,
    alive: 2,
    tutti_writers: 2,
  })
})
