import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SharedMeterProvider, startExposer } from '@tutti/aggregator'
import { notRun, startPrometheus, startVictoriaMetrics } from '@tutti/test-servers'
import { expect, test, vi } from 'vitest'
import { filesBelow, text } from './files.ts'

notRun(
  'Mimir and a cluster of VictoriaMetrics',
  'Debian has no package of them; a single VictoriaMetrics stands for both',
)

test.concurrent.each(filesBelow('prometheus/remote-write'))(
  'what %s sends arrives in a store',
  async path => {
    const folder = mkdtempSync(join(tmpdir(), 'tutti-remote-write-'))
    const provider = new SharedMeterProvider({ directory: join(folder, 'segments') })
    const exposer = await startExposer({ directory: provider.directory, port: 0 })
    const store = await startVictoriaMetrics()
    const end = async () => {
      await store?.stop()
      await exposer.close()
      await provider.shutdown()
      rmSync(folder, { recursive: true, force: true })
    }
    if (store === undefined) return end().then(() => notRun('remote write', "VictoriaMetrics can't be had"))
    provider.getMeter('test').createCounter('orders').add(7)
    for (const name of ['ca.crt', 'remote-write-password']) writeFileSync(join(folder, name), '')
    const config = (text('prometheus/prometheus.development.yml') + text(path))
      .replaceAll('15s', '1s')
      .replace('10s', '1s')
      .replace('control-plane:9464', new URL(exposer.url).host)
      .replaceAll('/run/secrets', folder)
      .replace(/ {6}ca_file: .*\n/, '      insecure_skip_verify: true\n')
      .replace(/url: https:.*/, `url: ${store.url}/api/v1/write`)
    const prometheus = await startPrometheus({ config })
    try {
      if (prometheus === undefined) return notRun('remote write', "Prometheus can't be had")
      await vi.waitFor(
        async () => {
          const query = encodeURIComponent('orders_total{job="control-plane",cluster="control-plane"}')
          const answer = await fetch(`${store.url}/api/v1/query?query=${query}`)
          expect(await answer.json()).toMatchObject({
            data: { result: [{ value: [expect.any(Number), '7'] }] },
          })
        },
        { timeout: 50_000, interval: 250 },
      )
    } finally {
      await prometheus?.stop()
      await end()
    }
  },
)
