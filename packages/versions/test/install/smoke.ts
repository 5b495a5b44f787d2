import { expect } from 'vitest'
import { get, startApp } from './app.ts'
import { type Receiver, startReceiver } from './receiver.ts'

const REQUESTS = 7

/**
 * Runs the service of a folder, asks it seven times, and looks whether all that it counted is on its page, exactly;
 * with all signals on also whether everything arrives at a collector.
 */
export async function smoke(folder: string, node: string, signals: 'page' | 'all'): Promise<void> {
  const receiver = await startReceiver()
  const app = startApp(folder, node, signals === 'all' ? exporting(receiver) : {})
  try {
    const [, port] = await app.says(/listening (\d+)/)
    const [, page] = await app.says(/metrics on (http:\S+)/)
    for (let request = 0; request < REQUESTS; request++) await get(`http://127.0.0.1:${port}/`)
    const samples = async () => {
      const text = await get(page!)
      return Object.fromEntries(SAMPLES.map(([name, pattern]) => [name, pattern.exec(text)?.[1]]))
    }
    await expect
      .poll(samples, { timeout: 30_000 })
      .toEqual({ orders: String(REQUESTS * 2), requests: String(REQUESTS), writers: '1' })
    await get(`http://127.0.0.1:${port}/end`)
    expect(await app.ended()).toBe(0)
    // The SDK says here what it could not do.
    expect(app.output()).not.toMatch(/error|did not start|Exception/i)
    if (signals === 'page') return
    expect(receiver.logs).toEqual(Array(REQUESTS).fill('paid'))
    expect(receiver.spans).toEqual(Array(REQUESTS + 1).fill('GET'))
    expect(receiver.sums['orders.paid']).toBe(REQUESTS * 2)
  } finally {
    app.kill()
    await receiver.close()
  }
}

const SAMPLES: [name: string, pattern: RegExp][] = [
  ['orders', /^orders_paid_total\{method="card".*\} (\d+)$/m],
  [
    'requests',
    /^http_server_request_duration_seconds_count\{http_request_method="GET",http_response_status_code="200".*\} (\d+)$/m,
  ],
  ['writers', /^tutti_writers(?:\{.*\})? (\d+)$/m],
]

function exporting({ url }: Receiver): NodeJS.ProcessEnv {
  return {
    OTEL_METRICS_EXPORTER: 'prometheus,otlp',
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  }
}
