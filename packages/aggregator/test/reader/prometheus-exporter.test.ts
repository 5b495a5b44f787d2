import { renderMetrics } from '@tutti/aggregator'
import { freePort } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { forkApp } from '../apps/fork.ts'
import { parsePlainly } from '../page.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const SCRAPES = 12

test('every worker of a cluster answers the stock exporter with what all of them counted, the dead included', async () => {
  const directory = temporaryDirectory()
  const port = await freePort()
  const app = forkApp('prometheus-cluster.ts', { TEST_DIRECTORY: directory, TEST_PORT: String(port) })
  await app.message('ready')
  /** Each on a connection of its own: the cluster hands them to one worker after the other. */
  const scrape = async () => {
    const headers = { connection: 'close' }
    const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers })
    return parsePlainly(await response.text())
  }
  for (const living of [3, 2, 1]) {
    const ours = parsePlainly((await renderMetrics(directory)).body.toString())
    for (let each = 0; each < SCRAPES; each++) {
      const samples = await scrape()
      expect(samples).toMatchObject({
        'orders_total{country="ch"}': 30,
        'latency_bucket{le="1"}': 1,
        'latency_bucket{le="10"}': 3,
        'latency_bucket{le="+Inf"}': 3,
        latency_sum: 6,
        latency_count: 3,
      })
      expect(Object.keys(samples).filter(name => name.startsWith('depth'))).toHaveLength(living)
      // Sample for sample what our own page says, but for what it says of itself.
      for (const [name, value] of Object.entries(samples)) {
        if (name !== 'target_info') expect([name, ours[name]]).toEqual([name, value])
      }
    }
    if (living === 1) break
    const killed = app.message('killed')
    app.child.send({ kill: 3 - living })
    await killed
  }
})
