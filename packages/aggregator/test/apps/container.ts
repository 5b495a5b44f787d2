/** What runs in a container of its own: counts, says its pid, and lives until its input ends. */
import { SharedMeterProvider } from '@tutti/aggregator'

const provider = new SharedMeterProvider({ warn: line => console.error(line) })
const meter = provider.getMeter('test')
meter.createCounter('started').add(1)
meter.createObservableGauge('pid').addCallback(result => result.observe(process.pid))
provider.observe()
console.log(process.pid)
process.stdin.on('end', () => process.exit()).resume()
