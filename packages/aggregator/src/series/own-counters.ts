import { defaultMerge, OWN_SCOPE, type StreamDefinition } from '../segment/stream.ts'
import type { CellRange } from '../segment/writer.ts'
import { Measuring } from './measuring.ts'
import type { SeriesTable } from './series-table.ts'
import { SumSeries } from './sum-series.ts'

/** What we count about ourselves, by instrument. */
const OWN_COUNTERS = {
  rejected: {
    name: 'tutti.rejected.measurements',
    description: 'Measurements that were ignored because they were not finite, negative, or no numbers.',
    unit: '{measurement}',
  },
  overflow: {
    name: 'tutti.overflow.measurements',
    description: 'Measurements that were counted together because a limit was reached.',
    unit: '{measurement}',
  },
  failed: {
    name: 'tutti.failed.callbacks',
    description: 'Calls of observable callbacks that threw, rejected, or did not settle in time.',
    unit: '{call}',
  },
  truncated: {
    name: 'tutti.truncated.attributes',
    description: 'Attribute values that were cut because they were longer than the limit.',
    unit: '{attribute}',
  },
} as const

type OwnCounter = keyof typeof OWN_COUNTERS
type MakeTable = (
  definition: StreamDefinition,
  create: (text: string, range: CellRange) => SumSeries,
) => SeriesTable<SumSeries>

/** Counters about what could not be recorded as it was said. They are made when there is something to count. */
export class OwnCounters {
  readonly #make: MakeTable
  readonly #tables: Map<OwnCounter, SeriesTable<SumSeries>> = new Map()

  constructor(make: MakeTable) {
    this.#make = make
  }

  /** For one instrument: a function that counts one more, and calls `first` before the first. */
  counterOf(
    counter: OwnCounter,
    instrument: string,
    first: (value: unknown) => void,
  ): (value?: unknown) => void {
    let series: SumSeries | undefined
    return value => {
      if (series === undefined) {
        series = this.#table(counter).find({ instrument })
        first(value)
      }
      series.add(1)
    }
  }

  #table(counter: OwnCounter): SeriesTable<SumSeries> {
    let table = this.#tables.get(counter)
    if (table === undefined) {
      const definition: StreamDefinition = {
        scope: OWN_SCOPE,
        ...OWN_COUNTERS[counter],
        kind: 'COUNTER',
        integer: true,
        aggregation: { type: 'sum' },
        ...defaultMerge('COUNTER'),
      }
      table = this.#make(definition, (text, range) => new SumSeries(text, range, OWN))
      this.#tables.set(counter, table)
    }
    return table
  }
}

const OWN = new Measuring({ signed: false, integer: false, reject: () => {}, now: Date.now })
