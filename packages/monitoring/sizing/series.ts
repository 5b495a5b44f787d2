import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Meter } from '@opentelemetry/api'
import { SharedMeterProvider } from '@tutti/aggregator'
import { say } from './page.ts'

/** How a segment grows with series of three attributes. */
export async function describeSeries(
  kind: string,
  record: (meter: Meter, attributes: Record<string, string>) => void,
): Promise<void> {
  const folder = mkdtempSync('/dev/shm/tutti-sizing-')
  const provider = new SharedMeterProvider({ directory: folder, cardinalityLimit: 100_000 })
  const segment = join(folder, '0.segment')
  const meter = provider.getMeter('sizing')
  const sizes: number[] = []
  for (let series = 0; series <= 20_000; series++) {
    if (series % 5_000 === 0) sizes.push(existsSync(segment) ? statSync(segment).size : 0)
    record(meter, { route: `/orders/${series}`, method: 'GET', status: '200' })
  }
  say(`segment bytes at 0, 5,000, ... 20,000 ${kind}`, sizes.join(', '))
  await provider.shutdown()
  rmSync(folder, { recursive: true, force: true })
}
