/** Serves its own page, asks for it once, and has nothing more to do. */
import { contendForExposer, SharedMeterProvider } from '@tutti/aggregator'

const { TEST_DIRECTORY: directory = '' } = process.env
const provider = new SharedMeterProvider({ directory, warn: line => console.error(line) })
provider
  .getMeter('test')
  .createObservableGauge('depth')
  .addCallback(result => result.observe(1))
const waiting = setInterval(() => {}, 1_000)
contendForExposer({
  directory,
  port: 0,
  warn: line => console.error(line),
  onListening: async url => {
    const response = await fetch(url, { headers: { connection: 'close' } })
    console.log(response.status, (await response.text()).includes('depth'))
    clearInterval(waiting)
  },
})
