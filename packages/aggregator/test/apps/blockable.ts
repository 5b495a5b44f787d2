/** Lives, and blocks its event loop when it is told to. */
import { SharedMeterProvider } from '@tutti/aggregator'

const { TEST_DIRECTORY: directory = '' } = process.env
new SharedMeterProvider({ directory, warn: line => console.error(line) })
process.send?.({ ready: true })
process.on('message', () => {
  process.send?.({ blocking: true }, () => {
    // For ever, as far as the test is concerned.
    const end = performance.now() + 20_000
    while (performance.now() < end);
    process.exit()
  })
})
process.on('disconnect', () => process.exit())
