/** For every directory it is told: joins it and reduces the scales of exponential histograms as fast as it can. */
import { define, publish } from '../../campaign/publish.ts'
import { joinDirectory } from '../../src/directory/join.ts'
import { REDUCED_SERIES, REDUCING_SIZE, REDUCING_VALUES } from './reducing.ts'

const reducing = {
  type: 'exponentialBuckets',
  maxSize: REDUCING_SIZE,
  negative: false,
  recordMinMax: true,
} as const

process.on('message', ({ directory }: { directory: string }) => {
  const writer = joinDirectory(directory, { warn: line => console.error(line) })
  const series = publish(writer, define('reduced', 'HISTOGRAM', reducing))
  for (let id = 0; id < REDUCED_SERIES; id++) {
    const one = series([['id', id]])
    for (const value of REDUCING_VALUES) one.record(value)
  }
  writer.end()
})
process.on('disconnect', () => process.exit())
