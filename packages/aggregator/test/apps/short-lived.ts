/** Counts once and is gone: by itself, or killed while it still counts. */
import { SharedMeterProvider } from '@tutti/aggregator/record'

const { TEST_DIRECTORY: directory = '', TEST_END } = process.env
const provider = new SharedMeterProvider({ directory, warn: line => console.error(line) })
const meter = provider.getMeter('test')
meter.createCounter('runs').add(1)
meter.createHistogram('share').record(0.1)
if (TEST_END === 'kill') process.kill(process.pid, 'SIGKILL')
