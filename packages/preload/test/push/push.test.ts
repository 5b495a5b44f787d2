import { notRun, startVictoriaMetrics } from '@tutti/test-servers'
import { expect, onTestFinished, test } from 'vitest'
import { readPage, waitForPage } from '../page.ts'
import { start } from '../process.ts'

test('OTEL_METRICS_EXPORTER=prometheus,otlp: a real receiver has the sums of the page, of all processes', async context => {
  const server = await startVictoriaMetrics()
  if (server === undefined) {
    notRun('OTLP to a real receiver', "VictoriaMetrics from Debian's newer suites can't be had here")
    return context.skip()
  }
  onTestFinished(() => server.stop())
  const app = start(['--require', '@tutti/preload', 'apps/cluster.cjs'], {
    OTEL_METRICS_EXPORTER: 'prometheus,otlp',
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${server.url}/opentelemetry/v1/metrics`,
    OTEL_METRIC_EXPORT_INTERVAL: '500',
    OTEL_SERVICE_NAME: 'pushing',
  })
  onTestFinished(() => app.stop())
  const [, port] = await app.says('stdout', /listening (\d+)/)
  for (let request = 0; request < 25; request++) await (await fetch(`http://127.0.0.1:${port}/`)).text()
  const visits = (samples: Record<string, number>) => samples['visits_total{place="worker"}'] === 2
  const page = await waitForPage(app, visits)

  const query = async (promql: string) => {
    const response = await fetch(`${server.url}/api/v1/query?query=${encodeURIComponent(promql)}`)
    const { data } = (await response.json()) as { data: { result: { value: [number, string] }[] } }
    return data.result.map(({ value }) => Number(value[1]))
  }
  const received = async () => ({
    primary: await query('sum(visits_total{place="primary"})'),
    workers: await query('sum(visits_total{place="worker"})'),
    requests: await query('sum(http_server_request_duration_seconds_count)'),
    services: await query('count(count by (job) (visits_total))'),
  })
  await expect.poll(received, { timeout: 20_000, interval: 500 }).toEqual({
    primary: [page['visits_total{place="primary"}']],
    workers: [2],
    requests: [25],
    services: [1],
  })
  const counts = Object.entries(await readPage(app)).filter(([name]) =>
    name.startsWith('http_server_request_duration_seconds_count'),
  )
  expect(counts.reduce((sum, [, value]) => sum + value, 0)).toBe(25)
})

test('OTEL_METRICS_EXPORTER=console prints what all recorded; the page is off, and the app ends as it would', async () => {
  const app = start(['--require', '@tutti/preload', 'apps/cluster.cjs'], {
    OTEL_METRICS_EXPORTER: 'console',
    OTEL_METRIC_EXPORT_INTERVAL: '300',
  })
  onTestFinished(() => app.stop())
  await app.says('stdout', /name: 'visits'/)
  expect(app.stderr()).not.toContain('http://')
})
