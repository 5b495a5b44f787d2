/** Counts under a number of its own until it is ended in some way, and serves the page whenever it is elected to. */
import { contendForExposer, SharedMeterProvider } from '@tutti/aggregator'
import { NoteBook } from './notes.ts'

const { TEST_DIRECTORY: directory = '', TEST_NOTES: notes = '', TEST_LIFE: life = '' } = process.env
const OPERATIONS_A_ROUND = 10

const warn = (line: string) => process.send?.({ warning: line })
const provider = new SharedMeterProvider({ directory, warn, cardinalityLimit: 10_000 })
if (process.env.TEST_EXPOSES) contendForExposer({ directory, port: 0, warn })
const meter = provider.getMeter('lives')
const operations = meter.createCounter('operations')
const sizes = meter.createHistogram('sizes', { advice: { explicitBucketBoundaries: [1, 2] } })
meter.createObservableGauge('alive').addCallback(result => result.observe(1, { life }))

const book = new NoteBook(notes)
let count = 0
function work(): void {
  for (let each = 0; each < OPERATIONS_A_ROUND; each++) {
    book.begin(++count)
    operations.add(1, { life })
    // A quarter is the same however it is added up.
    sizes.record((count % 4) / 4, { life })
    book.finish(count)
  }
  setTimeout(work, 1 + Math.random() * 4)
}
work()
process.on('SIGTERM', () => process.exit())
process.on('disconnect', () => process.exit())
process.send?.({ started: true })
