import { createRequire } from 'node:module'
import { setTimeout } from 'node:timers/promises'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { afterAll, expect, test } from 'vitest'
import { type Collected, collect, OnRequestReader } from '../reader.ts'

// The built package: what it bundles of upstream stands on a base of ours.
const { startInstrumentation } = createRequire(import.meta.url)(
  '@tutti/instrumentation',
) as typeof import('../../src/index.ts')
const readers = [new OnRequestReader(), new OnRequestReader()] as const
const provider = new MeterProvider({ readers: [...readers] })
const { stop } = startInstrumentation({ meterProvider: provider, env: {} })
afterAll(async () => {
  stop()
  await provider.shutdown()
})

const byName = (collected: Collected[]): Map<string, number> =>
  new Map(collected.map(({ name, value }) => [name, value]))

test('a reader that looks right after another one sees the same, a long block of the event loop included', async () => {
  await setTimeout(300)
  const blockedMs = 200
  const end = performance.now() + blockedMs
  while (performance.now() < end);
  await setTimeout(100)
  const [first, second] = [byName(await collect(readers[0])), byName(await collect(readers[1]))]
  const delays = [...first].filter(([name]) => name.startsWith('nodejs.eventloop.delay.'))
  expect(delays).toHaveLength(7)
  expect([...second].filter(([name]) => name.startsWith('nodejs.eventloop.delay.'))).toHaveLength(7)
  for (const read of [first, second]) {
    expect(read.get('nodejs.eventloop.delay.max')).toBeGreaterThan(blockedMs / 1e3 - 0.02)
    expect(read.get('nodejs.eventloop.delay.max')).toBeLessThan(5)
    expect(read.get('nodejs.eventloop.delay.min')).toBeLessThan(0.05)
    // Of the look alone it would be next to one.
    expect(read.get('nodejs.eventloop.utilization')).toBeGreaterThan(0.2)
    expect(read.get('nodejs.eventloop.utilization')).toBeLessThan(0.97)
  }
})
