import { setTimeout as pause } from 'node:timers/promises'
import { startPrometheus, startVictoriaMetrics } from '@tutti/test-servers'
import { samplesOf, say } from './page.ts'

/** A real Prometheus writes to a real VictoriaMetrics, one scrape a second for half a minute. */
export async function describeRemoteWrite(metricsUrl: string): Promise<void> {
  const store = await startVictoriaMetrics()
  if (store === undefined) return say('remote write', "not measured: VictoriaMetrics can't be had")
  const { host, pathname } = new URL(metricsUrl)
  const config = `
    scrape_configs:
      - job_name: control-plane
        scrape_interval: 1s
        metrics_path: ${pathname}
        static_configs: [{ targets: ['${host}'] }]
    remote_write: [{ url: '${store.url}/api/v1/write' }]`
  const prometheus = await startPrometheus({ config })
  if (prometheus !== undefined) {
    await pause(30_000)
    const own = await (await fetch(`${prometheus.url}/metrics`)).text()
    const read = (name: string) =>
      samplesOf(own)
        .filter(line => line.startsWith(name))
        .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0)
    const samples = read('prometheus_remote_storage_samples_total')
    say('samples written to the store', samples)
    say('bytes of remote write a sample', read('prometheus_remote_storage_bytes_total') / samples)
    say('series in Prometheus', read('prometheus_tsdb_head_series '))
    say('resident bytes of Prometheus', read('process_resident_memory_bytes'))
    const answer = await fetch(`${store.url}/api/v1/series/count`)
    say('series in the store', await answer.text())
    await prometheus.stop()
  }
  await store.stop()
}
