import type { Merge } from '../merge/merge.ts'
import type { MergedStream } from '../merge/merged-stream.ts'
import { type Naming, ownLabels } from './labels.ts'
import type { Format } from './negotiate.ts'
import type { OwnFamily } from './own-family.ts'

/** What an exposer tells of itself. Its numbers begin anew in the process that takes over. */
export class ExposerFigures {
  readonly #rejected: () => Iterable<readonly [reason: string, count: number]>
  readonly #isUpToDate: () => boolean | undefined
  readonly #pageBytes: Map<string, number> = new Map()
  readonly #seriesCounts: WeakMap<MergedStream, { version: number; count: number }> = new WeakMap()
  #scrapeCount = 0
  #scrapeSeconds: number | undefined

  /**
   * @param rejected requests that were refused, by reason.
   * @param isUpToDate whether the files that protect the page could be read last; undefined without such files.
   */
  constructor(
    rejected: () => Iterable<readonly [string, number]>,
    isUpToDate: () => boolean | undefined = () => undefined,
  ) {
    this.#rejected = rejected
    this.#isUpToDate = isUpToDate
  }

  scraped(seconds: number): void {
    this.#scrapeCount++
    this.#scrapeSeconds = seconds
  }

  wrote({ kind }: Format, bytes: number): void {
    this.#pageBytes.set(kind, bytes)
  }

  /** A page can't tell of itself how long it took: the figures of passes are those of the last ones. */
  families({ streams }: Merge, naming: Naming): OwnFamily[] {
    let seriesCount = 0
    for (const stream of streams.values()) seriesCount += this.#countSeries(stream)
    const isUpToDate = this.#isUpToDate()
    const family = familyIn(naming)
    const plain = (value: number | undefined) => (value === undefined ? [] : [[{}, value] as const])
    const families = [
      family('gauge', 'tutti_series', '', 'Series of all writers together.', plain(seriesCount)),
      family(
        'counter',
        'tutti_scrapes_total',
        '',
        'Passes in which pages were made.',
        plain(this.#scrapeCount),
      ),
      family(
        'gauge',
        'tutti_scrape_duration_seconds',
        'seconds',
        'How long the last pass took to read, merge and write.',
        plain(this.#scrapeSeconds),
      ),
      family(
        'gauge',
        'tutti_page_bytes',
        'bytes',
        'Size of the last page in each format, before compression.',
        [...this.#pageBytes].map(([format, bytes]) => [{ format }, bytes] as const),
      ),
      family(
        'counter',
        'tutti_rejected_requests_total',
        '',
        'Requests and connections that were refused or cut off, by reason.',
        [...this.#rejected()].map(([reason, count]) => [{ reason }, count] as const),
      ),
      family(
        'gauge',
        'tutti_web_config_last_reload_successful',
        '',
        'Whether the files that protect the page could be followed when they were read last.',
        plain(isUpToDate === undefined ? undefined : Number(isUpToDate)),
      ),
    ]
    return families.filter(({ samples }) => samples.length > 0)
  }

  /** Counted anew only when series appeared or went. */
  #countSeries(stream: MergedStream): number {
    const known = this.#seriesCounts.get(stream)
    if (known?.version === stream.version) return known.count
    const count = stream.series.reduce((sum, series) => (series === undefined ? sum : sum + 1), 0)
    this.#seriesCounts.set(stream, { version: stream.version, count })
    return count
  }
}

function familyIn(naming: Naming) {
  return (
    type: 'counter' | 'gauge',
    name: string,
    unit: string,
    help: string,
    samples: readonly (readonly [Record<string, string>, number])[],
  ): OwnFamily => ({
    type,
    name,
    unit,
    help,
    samples: samples.map(([attributes, value]) => ({ labels: ownLabels(attributes, naming), value })),
  })
}
