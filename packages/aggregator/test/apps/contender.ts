/** Counts once, contends for the exposer, and lives until it is ended. */
import { contendForExposer, SharedMeterProvider } from '@tutti/aggregator'

const { TEST_DIRECTORY: directory = '', TEST_PORT = '0' } = process.env
const warn = (line: string) => console.error(line)
const provider = new SharedMeterProvider({ directory, warn })
provider.getMeter('test').createCounter('started').add(1)
contendForExposer({ directory, port: Number(TEST_PORT), warn, onListening: url => process.send?.({ url }) })
process.send?.({ counted: true })
process.on('disconnect', () => process.exit())
