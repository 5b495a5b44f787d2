import type { StreamDefinition } from '../segment/stream.ts'
import type { CellRange } from '../segment/writer.ts'
import { OVERFLOW_TEXT } from './attributes.ts'
import { Buckets } from './buckets.ts'
import { ExplicitSeries } from './explicit-series.ts'
import { ExponentialSeries } from './exponential-series.ts'
import { LastValueSeries } from './last-value-series.ts'
import type { Measuring } from './measuring.ts'
import { OverflowSeries } from './overflow-series.ts'
import type { RecordingSeries } from './series.ts'
import { SumSeries } from './sum-series.ts'

/** How the series of a synchronous instrument are made: by its aggregation, whatever the instrument is. */
export function seriesCreator(
  definition: StreamDefinition,
  measuring: Measuring,
): (text: string, range: CellRange) => RecordingSeries {
  const create = creatorFor(definition, measuring)
  return (text, range) => {
    const series = create(text, range)
    return text === OVERFLOW_TEXT ? new OverflowSeries(series, measuring) : series
  }
}

function creatorFor(
  { aggregation }: StreamDefinition,
  measuring: Measuring,
): (text: string, range: CellRange) => RecordingSeries {
  switch (aggregation.type) {
    case 'sum':
      return (text, range) => new SumSeries(text, range, measuring)
    case 'lastValue':
      return (text, range) => new LastValueSeries(text, range, measuring)
    case 'explicitBuckets': {
      const buckets = new Buckets(aggregation.boundaries)
      return (text, range) => new ExplicitSeries(text, range, buckets, measuring)
    }
    case 'exponentialBuckets':
      return (text, range) => new ExponentialSeries(text, range, aggregation, measuring)
  }
}
