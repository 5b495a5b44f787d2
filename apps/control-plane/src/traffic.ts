import { reportReady } from './process/ready.ts'
import { generateTraffic } from './traffic/generate.ts'
import { findScenario } from './traffic/scenarios.ts'
import { describeTotals } from './traffic/totals.ts'

// Run without the preload: it must record nothing, or its requests would be counted twice.
const env = process.env
const stop = new AbortController()
process.on('SIGUSR2', () => stop.abort())
process.on('SIGTERM', () => stop.abort())
process.on('SIGINT', () => stop.abort())
process.on('SIGHUP', () => stop.abort())
if (process.connected) {
  process.on('disconnect', () => stop.abort())
  process.on('message', message => message === 'stop' && stop.abort())
}

reportReady([])
const totals = await generateTraffic(
  {
    url: env.CONTROL_PLANE_TRAFFIC_URL ?? `http://127.0.0.1:${env.CONTROL_PLANE_API_PORT || 3000}`,
    token: env.CONTROL_PLANE_TRAFFIC_TOKEN || env.CONTROL_PLANE_BOOTSTRAP_TOKEN || undefined,
    outsideUrl: env.CONTROL_PLANE_OUTSIDE_URL || undefined,
    scenario: findScenario(env.CONTROL_PLANE_TRAFFIC_SCENARIO || 'steady'),
    requestsPerSecond: Number(env.CONTROL_PLANE_TRAFFIC_RATE || 10),
    requestLimit: env.CONTROL_PLANE_TRAFFIC_REQUESTS
      ? Number(env.CONTROL_PLANE_TRAFFIC_REQUESTS)
      : Number.POSITIVE_INFINITY,
    say: line => console.log(line),
  },
  stop.signal,
)
console.log(describeTotals(totals))
if (process.connected) {
  await new Promise(sent => process.send?.({ traffic: totals }, sent))
  if (process.connected) process.disconnect()
}
