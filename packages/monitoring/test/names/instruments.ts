import { get } from 'node:http'
import { createRequire } from 'node:module'
import { createNoopMeter, type Meter, type MeterProvider, type MetricOptions } from '@opentelemetry/api'
import { startInstrumentation } from '@tutti/instrumentation'

/** What the instrumentation creates when every library that it measures is used: `kind name unit`. */
export async function instrumentsOfEverything(): Promise<Set<string>> {
  const created = new Set<string>()
  const running = startInstrumentation({ meterProvider: providerThatNotes(created) })
  const require = createRequire(import.meta.url)
  for (const library of ['pg', 'ioredis', 'bullmq']) require(library)
  // A client is measured from its first request on; nobody has to answer.
  await new Promise(failed => get('http://127.0.0.1:9').once('error', failed))
  running.stop()
  return created
}

const kinds: Record<string, string> = {
  ...{ createCounter: 'counter', createObservableCounter: 'counter', createHistogram: 'histogram' },
  ...{ createGauge: 'gauge', createObservableGauge: 'gauge' },
  ...{ createUpDownCounter: 'gauge', createObservableUpDownCounter: 'gauge' },
}

function providerThatNotes(created: Set<string>): MeterProvider {
  const meter = new Proxy(createNoopMeter(), {
    get(target, key: keyof Meter & string) {
      const kind = kinds[key]
      if (kind === undefined) return target[key]
      return (name: string, options: MetricOptions) => {
        created.add(`${kind} ${name} ${options.unit ?? ''}`)
        return (target[key] as (name: string, options: MetricOptions) => unknown)(name, options)
      }
    },
  })
  return { getMeter: () => meter }
}
