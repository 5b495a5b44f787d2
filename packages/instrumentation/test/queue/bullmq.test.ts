import { once } from 'node:events'
import { startRedis } from '@tutti/test-servers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type App, startApp } from '../app.ts'
import { tally } from '../tally.ts'

let redis: Awaited<ReturnType<typeof startRedis>>
let app: App
beforeEach(async () => {
  redis = await startRedis()
})
afterEach(async () => {
  await app.stop()
  await redis.stop()
})

describe.each(['bullmq6.cjs', 'bullmq6.mjs'])('%s', name => {
  test('records what is sent to each queue, what is processed, and the kind of each failure', async () => {
    app = await startApp(name, { REDIS_URL: redis.url, TUTTI_BULLMQ_INTERVAL_MS: '50' })
    expect(app.ready.outcomes).toEqual(['RangeError', 'later', 'welcome', 'welcome', 'welcome', 'welcome'])

    const names = ['messaging.operation.name', 'messaging.destination.name', 'error.type']
    expect(await tally(app, 'messaging.client.sent.messages', ...names)).toEqual({
      'add mails': 3,
      'addBulk mails': 3,
      'add mails Error': 1,
      'add reports': 2,
    })
    expect(await tally(app, 'messaging.client.operation.duration', ...names)).toEqual({
      'add mails': 2,
      'addBulk mails': 1,
      'add mails Error': 1,
      'add reports': 2,
    })
    expect(await tally(app, 'messaging.client.consumed.messages', ...names)).toEqual({ 'process mails': 7 })
    expect(await tally(app, 'messaging.process.duration', ...names)).toEqual({
      'process mails': 6,
      'process mails RangeError': 1,
    })
    for (const { attributes } of await app.points('messaging.process.duration')) {
      expect(attributes['messaging.system']).toBe('bullmq')
    }

    await vi.waitFor(
      async () => {
        const depth = await tally(
          app,
          'bullmq.queue.jobs',
          'messaging.destination.name',
          'bullmq.queue.jobs.state',
        )
        expect(Object.fromEntries(Object.entries(depth).filter(([, jobs]) => jobs > 0))).toEqual({
          'mails failed': 1,
          'reports delayed': 1,
          'reports waiting': 1,
        })
        expect(depth).toMatchObject({ 'mails waiting': 0, 'mails active': 0 })
      },
      { timeout: 10_000 },
    )
    app.process.send('finish')
    await once(app.process, 'message')
    expect((await app.collect()).warnings).toEqual([])
  })
})
