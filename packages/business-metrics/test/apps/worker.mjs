// One of several processes that record into one directory: `node worker.mjs <number>`.
import { metrics as api } from '@opentelemetry/api'
import { SharedMeterProvider } from '@tutti/aggregator'
import { defineCatalog, gauge, operation, pool, ratio, stateSet } from '@tutti/business-metrics'

const number = Number(process.argv[2])
const provider = new SharedMeterProvider({ directory: process.env.TUTTI_DIR })
api.setGlobalMeterProvider(provider)

const metrics = defineCatalog(
  { name: 'fleet' },
  {
    runs: operation({ name: 'fleet.run', description: 'Runs.' }),
    feeds: gauge({ name: 'fleet.feeds', description: 'Feeds.' }),
    breaker: stateSet({
      name: 'fleet.breaker',
      description: 'Breaker.',
      states: ['closed', 'open'],
      initial: 'closed',
    }),
    pool: pool({ name: 'fleet.pool', description: 'Pool.' }),
    gates: ratio({ name: 'fleet.gate', description: 'Gates.' }),
  },
)

for (let run = 0; run < 10; run++) await metrics.runs.run(async () => {})
metrics.runs.start()
metrics.feeds.set(7)
if (number === 1) metrics.breaker.set('open')
metrics.pool.set({ size: 4 + number })
for (let gate = 0; gate < 4; gate++) metrics.gates[gate < number + 1 ? 'success' : 'failure']()
provider.observe()
process.send('ready')
process.on('message', () => {})
