/** A writer with many series, which counts as fast as it can between `start` and `stop`. */
import { SharedMeterProvider } from '@tutti/aggregator'

const { TEST_DIRECTORY: directory = '', TEST_SERIES = '0' } = process.env
const series = Number(TEST_SERIES)
const warn = (line: string) => console.error(line)
const provider = new SharedMeterProvider({ directory, warn, cardinalityLimit: series + 10 })
const meter = provider.getMeter('load')
const counter = meter.createCounter('requests')
const histogram = meter.createHistogram('latency', { unit: 's' })
const work = meter.createCounter('work').bind({})

// Four of five are counters, the others histograms with the default buckets.
const counters = Array.from({ length: series * 0.8 }, (_, id) =>
  counter.bind({ id, route: `/orders/${id % 100}` }),
)
const histograms = Array.from({ length: series * 0.2 }, (_, id) =>
  histogram.bind({ id, route: `/orders/${id}` }),
)

let counting = false
let counted = 0
process.on('message', (message: 'touch' | 'start' | 'stop') => {
  if (message === 'touch') {
    for (const each of counters) each.add(1)
    for (const each of histograms) each.record(20)
    process.send?.({ touched: true })
  }
  counting = message === 'start'
  if (message === 'start') count()
  if (message === 'stop') process.send?.({ counted })
})
process.on('disconnect', () => process.exit())
process.send?.({ ready: true })

function count(): void {
  if (!counting) return
  for (let times = 0; times < 5_000; times++) work.add(1)
  counted += 5_000
  setImmediate(count)
}
