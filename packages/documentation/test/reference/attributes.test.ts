import { readMetrics } from '@tutti/aggregator'
import { expect, test, vi } from 'vitest'
import { ATTRIBUTES } from '../../src/reference/attributes.ts'
import { instrumentsOfEverything } from '../../src/reference/instruments.ts'
import { startEverything } from '../everything.ts'

// "worker" is what merging adds; the type of a messaging operation is always the same.
const ADDED = ['worker', 'messaging.operation.type']

test('an app that uses every library records each metric with the attributes of the table, and no others', async () => {
  const app = await startEverything()
  try {
    const names = (await instrumentsOfEverything()).map(({ name }) => name)
    const documented = sorted(names.map(name => [name, new Set(ATTRIBUTES[name])]))
    // What observables say comes with the next observation, and garbage is collected when there is some.
    await vi.waitFor(
      async () => {
        const recorded = await attributesIn(app.directory)
        expect(sorted(names.map(name => [name, recorded.get(name) ?? new Set(['never recorded'])]))).toEqual(
          documented,
        )
      },
      { timeout: 60_000, interval: 500 },
    )
  } finally {
    await app.stop()
  }
})

async function attributesIn(directory: string): Promise<Map<string, Set<string>>> {
  const attributes = new Map<string, Set<string>>()
  for (const { metrics } of (await readMetrics(directory)).scopeMetrics) {
    for (const { descriptor, dataPoints } of metrics) {
      const seen = attributes.get(descriptor.name) ?? new Set()
      for (const point of dataPoints)
        for (const key of Object.keys(point.attributes)) if (!ADDED.includes(key)) seen.add(key)
      attributes.set(descriptor.name, seen)
    }
  }
  return attributes
}

function sorted(entries: [string, Set<string>][]): Record<string, string[]> {
  return Object.fromEntries(entries.map(([name, keys]) => [name, [...keys].sort()]))
}
