import { freePort, startRedis } from '@tutti/test-servers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { TransferQueue } from '../../src/transfers/queue.ts'

test('a Redis that is known to be away is not waited for with each transfer, and is told again when it is back', async () => {
  const port = await freePort()
  let redis = await startRedis({ port })
  const queue = new TransferQueue(redis.url)
  onTestFinished(async () => {
    await queue.close()
    await redis.stop()
  })
  expect(await queue.announce('import', '0')).toBe(true)
  await redis.stop()
  await vi.waitFor(() => expect(queue.isLost).toBe(true), { timeout: 20_000 })
  // Each that waited for the next attempt to reach it would take up to a second.
  for (let id = 1; id <= 300; id++) expect(await queue.announce('import', `${id}`)).toBe(false)
  redis = await startRedis({ port })
  await vi.waitFor(async () => expect(await queue.announce('import', '1')).toBe(true), { timeout: 20_000 })
}, 60_000)
