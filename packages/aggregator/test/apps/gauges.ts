/** Says one number in instruments of every kind, and lives until it is ended. */
import { SharedMeterProvider } from '@tutti/aggregator'

const { TEST_DIRECTORY: directory = '', TEST_VALUE = '0' } = process.env
const value = Number(TEST_VALUE)
const provider = new SharedMeterProvider({ directory, warn: line => console.error(line) })
const meter = provider.getMeter('test')
meter.createGauge('gauge').record(value)
meter.createObservableGauge('observed').addCallback(result => result.observe(value))
meter.createUpDownCounter('changed').add(value)
provider.observe()
process.send?.({ said: true })
process.on('disconnect', () => process.exit())
