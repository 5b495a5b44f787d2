import { networkInterfaces } from 'node:os'
import { notRun } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { exposerAddress } from '../../src/exposer/address.ts'
import { ask, testExposer } from './exposer.ts'

test('on :: the page is there by IPv6 and by IPv4, on the port that the directory tells', async context => {
  const hasIpv6 = Object.values(networkInterfaces()).some(each =>
    each?.some(({ family }) => family === 'IPv6'),
  )
  if (!hasIpv6) {
    notRun('the page by IPv6', 'this machine has no IPv6')
    return context.skip()
  }
  const { url, directory } = await testExposer({ host: '::', port: 0 })
  expect(url).toMatch(/^http:\/\/\[::\]:\d+\/metrics$/)
  const { port } = new URL(String(exposerAddress(directory)))
  for (const hostname of ['127.0.0.1', '::1']) {
    const { status, body } = await ask('http://localhost/metrics', { hostname, port })
    expect([hostname, status]).toEqual([hostname, 200])
    expect(body).toMatch(/^orders_total\{.*\} 1$/m)
  }
})
