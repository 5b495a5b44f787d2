/** Records with label values that never come again, as an app does that puts identities into labels, until it is killed. */
import { SharedMeterProvider } from '@tutti/aggregator'
import { NoteBook } from '../lives/notes.ts'

const { TEST_DIRECTORY: directory = '', TEST_NOTES: notes = '', TEST_LIMIT: limit = '' } = process.env
const RECORDS_A_ROUND = 500

const provider = new SharedMeterProvider({ directory, warn: () => {}, cardinalityLimit: Number(limit) })
const meter = provider.getMeter('floods')
const requests = meter.createCounter('requests')
const sizes = meter.createHistogram('sizes', { advice: { explicitBucketBoundaries: [1, 2] } })
const open = meter.createUpDownCounter('open')

const book = new NoteBook(notes)
let count = 0
function flood(): void {
  for (let each = 0; each < RECORDS_A_ROUND; each++) {
    const user = `${process.pid}-${count}-${'x'.repeat(Math.random() * 200)}`
    book.begin(++count)
    requests.add(1, { user })
    sizes.record(1, { user, kind: 'any' })
    // What is open in a dead process is no more: this one is on the page while it lives only.
    open.add(1, { user })
    book.finish(count)
  }
  process.send?.({ count })
  setTimeout(flood, 5)
}
flood()
process.on('disconnect', () => process.exit())
