import { mkdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { WorkerLife } from '../../../src/exposer/console/workers.ts'
import { startExposer } from '../../../src/exposer/start-exposer.ts'
import { forkApp } from '../../apps/fork.ts'
import { temporaryDirectory } from '../../temporary-directory.ts'
import { eventually, testExposer } from '../exposer.ts'

test('each living writer is told of, with the requests that it answered itself', async () => {
  const { get, meter } = await testExposer({ console: true, path: '/elsewhere' })
  const duration = meter.createHistogram('http.server.request.duration', { unit: 's' })
  duration.record(0.1, { 'http.response.status_code': 200 })
  duration.record(0.2, { 'http.response.status_code': 500 })
  duration.record(0.3, { 'error.type': 'ECONNRESET' })
  const { page, workers } = JSON.parse((await get({ path: '/-/workers' })).body)
  expect(page).toBe('/elsewhere')
  expect(workers).toEqual([
    {
      ...{ worker: 0, pid: process.pid, state: 'running', requests: 3, errors: 2, crashes: 0, restarts: 0 },
      threadId: expect.any(Number),
      ageMs: expect.any(Number),
      heartbeatAgeMs: expect.any(Number),
    },
  ])
})

test('one that is killed stays told of, also when it is folded, until another one has its number', async () => {
  const directory = temporaryDirectory()
  const notes = `${directory}-notes`
  mkdirSync(notes, { recursive: true })
  const app = forkApp('clustered.ts', {
    TEST_DIRECTORY: directory,
    TEST_NOTES: notes,
    TEST_WORKERS: '2',
  })
  await app.message('url')
  const { url, close } = await startExposer({ directory, port: 0, console: true, thread: false })
  try {
    const read = async (): Promise<WorkerLife[]> =>
      (await (await fetch(url.replace('/metrics', '/-/workers'))).json()).workers
    await eventually(async () => (await read()).length >= 3)
    const killed = app.message<boolean>('killed')
    app.child.send({ kill: true })
    expect(await killed).toBe(true)
    await eventually(async () => (await read()).some(({ crashes }) => crashes === 1))
    const dead = (await read()).find(({ crashes }) => crashes === 1)!
    if (dead.state === 'killed')
      expect(dead).toMatchObject({ heartbeatAgeMs: null, requests: null, errors: null, restarts: 0 })
    else expect(dead).toMatchObject({ state: 'running', restarts: 1 })
  } finally {
    await close()
  }
})
