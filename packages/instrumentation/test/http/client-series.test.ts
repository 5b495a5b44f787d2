import { createNoopMeter } from '@opentelemetry/api'
import { expect, test, vi } from 'vitest'
import { createClientSeries } from '../../src/http/client-series.ts'

test('handles are kept for a limited number of hosts, and all others are recorded without one', () => {
  const bound = vi.fn()
  const bind = vi.fn(() => ({ record: bound }))
  const unbound = vi.fn()
  const meter = createNoopMeter()
  meter.createHistogram = () => ({ record: unbound, bind }) as never
  const record = createClientSeries(meter, {})
  const outcome = { method: 'GET', status: 200, version: '1.1', errorType: undefined }
  for (let host = 0; host < 2500; host++) {
    for (const durationS of [1, 2]) {
      record({ scheme: 'https', address: `h${host}.example`, port: 443 }, outcome, durationS)
    }
  }
  expect(bind).toHaveBeenCalledTimes(2000)
  expect(bound).toHaveBeenCalledTimes(4000)
  expect(unbound).toHaveBeenCalledTimes(1000)
})
