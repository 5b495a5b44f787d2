import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { untilStarted } from '../src/until-started.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

test('an app has started when it listens, and what it does then comes first', async () => {
  const events: string[] = []
  const started = untilStarted().then(() => events.push('started'))
  const server = createServer().listen(0, '127.0.0.1', () => events.push('listening'))
  try {
    await started
    expect(events).toEqual(['listening', 'started'])
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    server.close()
    await once(server, 'close')
  }
})

test('an app that listens on nothing has 0.3 s', async () => {
  let isStarted = false
  const started = untilStarted().then(() => {
    isStarted = true
  })
  await vi.advanceTimersByTimeAsync(299)
  expect(isStarted).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await started
  expect(isStarted).toBe(true)
})
