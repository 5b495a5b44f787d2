import { reportReady } from './process/ready.ts'
import { generateTraffic } from './traffic/generate.ts'
import { readTrafficSettings } from './traffic/settings.ts'
import { describeTotals } from './traffic/totals.ts'

// Run without the preload: it must record nothing, or its requests would be counted twice.
const settings = readTrafficSettings(process.env)
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
const totals = await generateTraffic({ ...settings, say: line => console.log(line) }, stop.signal)
console.log(describeTotals(totals))
if (process.connected) {
  await new Promise(sent => process.send?.({ traffic: totals }, sent))
  if (process.connected) process.disconnect()
}
