import type { Attributes, Meter } from '@opentelemetry/api'
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderMetrics } from '../../src/exposition/render-metrics.ts'
import { SharedMeterProvider } from '../../src/instrument/shared-meter-provider.ts'
import { parsePage } from '../page.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

class Collecting extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

interface Step {
  kind: 'counter' | 'upDown' | 'histogram' | 'gauge'
  scope: string
  name: string
  value: number
  attributes: Attributes
}

const name = fc.stringMatching(/^[a-z][a-zA-Z0-9_.\-/]{0,20}$/)
const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const attributes = fc.dictionary(
  fc.oneof(fc.stringMatching(/^[a-z][a-z0-9_.]{0,10}$/), fc.constantFrom('http.route', 'a-b')),
  fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 3 })),
  { maxKeys: 4 },
)
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('counter', 'upDown', 'histogram', 'gauge'),
  scope: fc.constantFrom('shop', 'library@1.2'),
  name,
  // Sums of these are exact: the SDK adds floats one after the other, and its last digit depends on the order.
  value: fc.integer({ min: 0, max: 2 ** 20 }).map(each => each / 16),
  attributes,
})

function record(meter: Meter, { kind, name, value, attributes }: Step): void {
  if (kind === 'counter') meter.createCounter(`${name}.c`).add(value, attributes)
  if (kind === 'upDown') meter.createUpDownCounter(`${name}.u`).add(-value, attributes)
  if (kind === 'histogram') meter.createHistogram(`${name}.h`).record(value, attributes)
  if (kind === 'gauge') meter.createGauge(`${name}.g`).record(value, attributes)
}

/** By name and labels, in whatever order the labels stand. */
function sorted(page: string): Map<string, number> {
  const samples = [...parsePage(page)].filter(([sample]) => !sample.startsWith('tutti_'))
  return new Map(
    samples.map(([sample, value]) => [
      sample.replace(/\{(.*)\}$/s, (_, labels) => `{${sortLabels(labels)}}`),
      value,
    ]),
  )
}

function sortLabels(labels: string): string {
  return [...labels.matchAll(/([\w]+)="((?:[^"\\]|\\.)*)"/gs)]
    .map(([label]) => label)
    .sort()
    .join()
}

/** Names that become the same family are merged by neither in the same way: such runs say nothing. */
function isUnambiguous(steps: Step[]): boolean {
  const plain = (each: string) => each.replaceAll(/[^a-zA-Z0-9]+/g, '_').toLowerCase()
  const families = new Map(steps.map(each => [plain(each.name) + each.kind, each.name + each.kind]))
  const labels = steps.every(
    each => new Set(Object.keys(each.attributes).map(plain)).size === Object.keys(each.attributes).length,
  )
  const trimmed = steps.every(({ name }) => !/[^a-zA-Z0-9]$/.test(name) && !/total/i.test(name))
  return (
    labels &&
    trimmed &&
    steps.every(each => families.get(plain(each.name) + each.kind) === each.name + each.kind)
  )
}

test('a page holds the same samples as the stock exporter makes of the same measurements', async () => {
  const resource = resourceFromAttributes({ 'service.name': 'shop "x"', 'service.version': '1\n2' })
  let compared = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), async steps => {
      fc.pre(isUnambiguous(steps))
      const reader = new Collecting()
      const sdk = new MeterProvider({ resource, readers: [reader] })
      const directory = temporaryDirectory()
      const ours = new SharedMeterProvider({ resource, directory, warn: () => {} })
      for (const each of steps) {
        const [scope, version] = each.scope.split('@')
        for (const provider of [sdk, ours]) record(provider.getMeter(scope, version), each)
      }
      const stock = new PrometheusSerializer().serialize((await reader.collect()).resourceMetrics)
      const { body } = await renderMetrics(directory)
      await Promise.all([sdk.shutdown(), ours.shutdown()])
      expect(sorted(body.toString())).toEqual(sorted(stock))
      compared += sorted(stock).size
    }),
    { numRuns: 300 },
  )
  expect(compared).toBeGreaterThan(1_000)
})
