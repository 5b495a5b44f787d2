import { get } from 'node:http'
import { createRequire } from 'node:module'
import {
  createNoopMeter,
  type Meter,
  type MeterProvider,
  type MetricOptions,
  metrics,
} from '@opentelemetry/api'
import { defineCatalog } from '@tutti/business-metrics'
import { startInstrumentation } from '@tutti/instrumentation'

export interface Instrument {
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly unit: string
  readonly description: string
}

/** Every instrument that the instrumentation makes when all the libraries that it measures are used, by name. */
export async function instrumentsOfEverything(): Promise<Instrument[]> {
  const made = new Map<string, Instrument>()
  const running = startInstrumentation({ meterProvider: providerThatNotes(made) })
  const require = createRequire(import.meta.url)
  for (const library of ['pg', 'ioredis', 'bullmq']) require(library)
  // A client is measured from its first request on; nobody has to answer.
  await new Promise(failed => get('http://127.0.0.1:9').once('error', failed))
  running.stop()
  return [...made.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

/** What business metrics say of themselves, wherever they are recorded. */
export function instrumentsOfCatalogs(): Instrument[] {
  const made = new Map<string, Instrument>()
  metrics.setGlobalMeterProvider(providerThatNotes(made))
  defineCatalog({ name: 'reference' }, {})
  metrics.disable()
  return [...made.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

const TYPES: Record<string, Instrument['type']> = {
  ...{ createCounter: 'counter', createObservableCounter: 'counter', createHistogram: 'histogram' },
  ...{ createGauge: 'gauge', createObservableGauge: 'gauge' },
  ...{ createUpDownCounter: 'gauge', createObservableUpDownCounter: 'gauge' },
}

function providerThatNotes(made: Map<string, Instrument>): MeterProvider {
  const meter = new Proxy(createNoopMeter(), {
    get(target, key: keyof Meter & string) {
      const type = TYPES[key]
      if (type === undefined) return target[key]
      return (name: string, options: MetricOptions) => {
        made.set(name, { name, type, unit: options.unit ?? '', description: options.description ?? '' })
        return (target[key] as (name: string, options: MetricOptions) => unknown)(name, options)
      }
    },
  })
  return { getMeter: () => meter }
}
