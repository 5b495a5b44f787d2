import { startRedis } from '@tutti/test-servers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { DeploymentCache } from '../../src/deployments/cache.ts'
import type { Deployment } from '../../src/deployments/deployment.ts'

const rolling: Deployment = {
  ...{ id: '1', service: 'checkout', version: '1', rings: ['all'], ring: null, status: 'rolling' },
  ...{ createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.001Z' },
  ...{ startedAt: null, finishedAt: null },
}
const cancelled: Deployment = { ...rolling, status: 'cancelled', updatedAt: '2026-01-01T00:00:00.002Z' }

test('a change that is told late does not replace a later one', async () => {
  const redis = await startRedis()
  const cache = new DeploymentCache(redis.url)
  onTestFinished(async () => {
    cache.close()
    await redis.stop()
  })
  await vi.waitFor(() => expect(cache.reachable).toBe(true), { timeout: 5_000 })
  await cache.replace(cancelled)
  await cache.replace(rolling)
  expect(await cache.get('1')).toEqual(cancelled)
  await cache.replace({ ...cancelled, status: 'rolled_back', updatedAt: '2026-01-01T00:00:00.003Z' })
  expect((await cache.get('1'))?.status).toBe('rolled_back')
})
