import { createNoopMeter } from '@opentelemetry/api'
import { expect, test, vi } from 'vitest'
import { createServerSeries } from '../../src/http/server-series.ts'

test('handles are kept for a limited number of routes, and all others are recorded without one', () => {
  const bound = vi.fn()
  const bind = vi.fn(() => ({ record: bound }))
  const unbound = vi.fn()
  const meter = createNoopMeter()
  meter.createHistogram = () => ({ record: unbound, bind }) as never
  const { outcome } = createServerSeries(meter, {})('GET', false, '1.1')
  for (let route = 0; route < 6000; route++) {
    const { duration, responseBody } = outcome(`/not-a-pattern/${route}`, 200, true)
    duration.record(1)
    responseBody.record(1)
  }
  expect(bind).toHaveBeenCalledTimes(10_000)
  expect(bound).toHaveBeenCalledTimes(10_000)
  expect(unbound).toHaveBeenCalledTimes(2000)
})

test('methods that are not known share one series', () => {
  const seriesOf = createServerSeries(createNoopMeter(), {})
  expect(seriesOf('PROPFIND', false, '1.1')).toBe(seriesOf('MKCOL', false, '1.1'))
  expect(seriesOf('GET', false, '1.1')).not.toBe(seriesOf('GET', true, '1.1'))
  expect(seriesOf('GET', false, '1.1')).not.toBe(seriesOf('GET', false, '2'))
})
