/** An instance of a service under PM2: counts once, contends for the exposer, and lives until it is ended. */
const { contendForExposer, SharedMeterProvider } = require('@tutti/aggregator')

const warn = line => console.error(line)
const provider = new SharedMeterProvider({ warn })
const meter = provider.getMeter('test')
meter.createCounter('started').add(1, { instance: process.env.NODE_APP_INSTANCE })
contendForExposer({ directory: provider.directory, port: 0, warn })
// PM2 asks an instance to end with SIGINT; one that ends in order says so.
process.on('SIGINT', () => process.exit())
setInterval(() => {}, 1_000)
process.send?.('ready')
