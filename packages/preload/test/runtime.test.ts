import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { readPage, waitForPage } from './page.ts'
import { type Running, start } from './process.ts'

let app: Running
afterEach(() => app?.stop())

test('the event loop stays on the page, and means the same, while a reader pushes every 30 ms', async () => {
  let pushes = 0
  const receiver = createServer((request, response) => {
    pushes++
    request.resume().on('end', () => response.end())
  })
  await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve))
  try {
    app = start(['--require', '@tutti/preload', 'apps/http.cjs'], {
      OTEL_METRICS_EXPORTER: 'prometheus,otlp',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
      OTEL_METRIC_EXPORT_INTERVAL: '30',
      OTEL_METRIC_EXPORT_TIMEOUT: '30',
    })
    await waitForPage(app, page => 'nodejs_eventloop_delay_p99_seconds{worker="0"}' in page)
    const pushesBefore = pushes
    for (let look = 0; look < 20; look++) {
      const page = await readPage(app)
      const statistics = ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99']
      const delays = statistics.map(each => page[`nodejs_eventloop_delay_${each}_seconds{worker="0"}`])
      for (const delay of delays) expect(delay).toBeLessThan(10)
      // Counted since it started, which took its full time, and not since the push before.
      expect(page['nodejs_eventloop_utilization_ratio{worker="0"}']).toBeGreaterThan(0)
      expect(page['nodejs_eventloop_utilization_ratio{worker="0"}']).toBeLessThan(0.95)
      await setTimeout(25)
    }
    expect(pushes).toBeGreaterThan(pushesBefore + 3)
  } finally {
    receiver.closeAllConnections()
    receiver.close()
  }
})
