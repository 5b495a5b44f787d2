import { expect, test, vi } from 'vitest'
import { contestants } from '../../src/service/contestants.ts'
import { startService } from '../../src/service/service.ts'

vi.setConfig({ testTimeout: 60_000 })

test.each(contestants)(
  'a service with %s listens, says what it took, and has a page if it should',
  async contestant => {
    const service = await startService({
      node: process.execPath,
      name: 'fastify',
      contestant,
      core: undefined,
    })
    try {
      expect(await (await fetch(service.url)).text()).toBe('hello')
      const { cpuMs, modules } = service.atListening
      expect([cpuMs > 0, modules > 100, service.wallMs > 0]).toEqual([true, true, true])
      expect((await service.later()).cpuMs).toBeGreaterThan(cpuMs)
      const { residentBytes, proportionalBytes } = service.memory()
      expect(residentBytes).toBeGreaterThan(20e6)
      expect(proportionalBytes).toBeLessThanOrEqual(residentBytes)
      if (contestant === 'bare') return expect(service.pageUrl).toBeUndefined()
      expect(await (await fetch(service.pageUrl!)).text()).toMatch(
        /^http_server_request_duration\w*_count\{.*\} 1$/m,
      )
    } finally {
      await service.stop()
    }
  },
)

test('the memory of a cluster is that of its primary and its four workers', async () => {
  const options = { node: process.execPath, contestant: 'bare', core: undefined } as const
  const single = await startService({ ...options, name: 'http' })
  const cluster = await startService({ ...options, name: 'cluster' })
  try {
    expect(await (await fetch(cluster.url)).text()).toBe('hello')
    expect(cluster.memory().residentBytes).toBeGreaterThan(4 * single.memory().residentBytes)
  } finally {
    await Promise.all([single.stop(), cluster.stop()])
  }
})
