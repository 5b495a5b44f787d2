import type { Attributes } from '@opentelemetry/api'
import { exemplarPlaces } from '../segment/exemplar-cells.ts'
import { isReplaced } from '../segment/merge-policy.ts'
import { parseAttributes, type StreamDefinition } from '../segment/stream.ts'
import { OVERFLOW_TEXT } from '../series/attributes.ts'
import { type Add, adderFor } from './add.ts'
import { Admission, type Decided } from './admission.ts'
import { Arrivals, type ArrivingSeries, type Origin, type Source } from './arrivals.ts'
import type { KernelPass } from './kernel-pass.ts'
import { type SourceLink, withoutWorkers } from './links.ts'
import { MergedExemplars } from './merged-exemplars.ts'
import { type MergedSeries, SeriesList } from './merged-series.ts'
import { Totals } from './totals.ts'

/** The attribute under which a writer shows itself where values are kept apart. */
export const WORKER_ATTRIBUTE = 'worker'

/**
 * One stream with the series of all writers. What belongs together is found out once, when a series appears; from
 * then on {@link begin}, {@link add} of each source and {@link end} only add floats.
 */
export class MergedStream extends Totals {
  readonly exemplars: MergedExemplars
  readonly #add: Add
  readonly #admission: Admission
  readonly #arrivals: Arrivals = new Arrivals()
  readonly #list: SeriesList = new SeriesList()
  readonly #links: Map<Source, SourceLink> = new Map()
  /** While it is being added up. */
  #kernel: KernelPass | undefined
  #taken: Set<number> | undefined

  /** @param decided what a merge of more writers decided about the limit. */
  constructor(definition: StreamDefinition, decided?: Decided) {
    super(definition)
    this.#add = adderFor(definition)
    this.#admission = new Admission(decided)
    this.exemplars = new MergedExemplars(exemplarPlaces(definition.aggregation))
  }

  /** By index; undefined where a series is no more. */
  get series(): readonly (MergedSeries | undefined)[] {
    return this.#list.series
  }

  /** Raised whenever a series appears or goes. */
  get version(): number {
    return this.#list.version
  }

  get isEmpty(): boolean {
    return this.#links.size === 0 && this.#arrivals.count === 0
  }

  /** Series it may show, the overflow series included. */
  get limit(): number | undefined {
    return this.#admission.limit
  }

  /** How many different series are counted together because there are more than the limit. */
  get joinedCount(): number {
    return this.#admission.joinedCount
  }

  /** Whether a series is counted together with others. */
  isJoined(key: string): boolean {
    return this.#admission.isJoined(key)
  }

  /** Of the descriptions that writers give, the longest is taken (OpenTelemetry data model). */
  describe(definition: StreamDefinition): void {
    const { description } = this.definition
    const { length } = definition.description
    // Of two equally long ones always the same, whoever was read first.
    const isLonger =
      length > description.length || (length === description.length && definition.description < description)
    if (isLonger) this.definition = definition
  }

  /** Takes in one series of a segment; it gets its place with the next {@link settle}. */
  link(
    source: Source,
    series: ArrivingSeries,
    origin: Origin = { isLedger: false, limit: this.definition.cardinalityLimit },
  ): void {
    this.#arrivals.add(source, series, origin)
  }

  /** Takes in the exemplars of one series of a segment, which has got its place before. */
  linkExemplars(source: Source, { text, slot, worker }: ArrivingSeries, isLedger: boolean): void {
    const index = this.#list.indexOf(this.#keyOf(text, (isLedger ? worker : source.worker) ?? 0))
    if (index !== undefined) this.exemplars.link(source, index, slot)
  }

  /** Forgets a segment; a series that no other one holds goes with it, unless one arrives before {@link settle}. */
  unlink(source: Source): void {
    const link = this.#links.get(source)
    if (link === undefined) return
    this.#links.delete(source)
    this.exemplars.unlink(source)
    for (const key of link.joined) this.#admission.part(key)
    for (const to of link.to) this.#list.release(to / this.cellCount)
  }

  /** Gives what arrived its place, and takes it from what nobody holds any more. */
  settle(): void {
    if (this.#arrivals.count > 0) {
      if (this.#list.isEmpty) this.#admission.limit ??= this.#arrivals.firstLimit
      this.#arrivals.takeAll(!this.#hasRoomForAll, this.#place)
    }
    this.#list.sweep(({ text, worker }) => this.#admission.leave(text, worker))
    this.#admission.sweep()
  }

  /** Before anybody is added; what arrived has its place. */
  begin(kernel?: KernelPass): void {
    this.clear(this.series.length)
    this.#taken = this.#takenWorkers()
    this.#kernel = kernel?.begin(this) ? kernel : undefined
  }

  /** Adds what one source has of it, if it has any. */
  add(source: Source): void {
    const all = this.#links.get(source)
    if (all === undefined) return
    const link = this.#taken && all.isLedger ? withoutWorkers(all, this.#taken) : all
    if (this.#kernel !== undefined) this.#kernel.add(this, source.cells, link)
    else this.#add(this, source.cells, link)
  }

  /** After all have been added. */
  end(): void {
    this.#kernel?.end(this)
    this.#kernel = undefined
    this.finish(this.series.length)
  }

  get seriesCount(): number {
    return this.series.length
  }

  /** How many series of all sources are added. */
  get addedCount(): number {
    let count = 0
    for (const { from } of this.#links.values()) count += from.length
    return count
  }

  /** If so it does not matter in which order they come, and sorting very many is spared. */
  get #hasRoomForAll(): boolean {
    if (this.#isPerWorker) return false
    return this.#arrivals.hasAtMost(this.#admission.roomFor(0), text => this.#list.has(text))
  }

  get #isPerWorker(): boolean {
    return this.definition.merge === 'perWorker'
  }

  readonly #place = (source: Source, series: ArrivingSeries, { isLedger }: Origin): void => {
    const worker = this.#isPerWorker ? ((isLedger ? series.worker : source.worker) ?? 0) : 0
    let link = this.#links.get(source)
    if (link === undefined) {
      link = { from: [], to: [], exact: series.cellCount > this.cellCount, isLedger, joined: [], workers: [] }
      this.#links.set(source, link)
    }
    const index = this.#indexFor(series, worker, link)
    if (index === undefined) return
    link.from.push(series.slot)
    link.to.push(index * this.cellCount)
    link.workers.push(worker)
    this.#list.hold(index)
    const merged = this.series[index]!
    // One text for all segments: else each has a copy in memory of what nearly all of them have.
    if (series.text === merged.text) series.text = merged.text
    merged.createdUs = Math.min(merged.createdUs, series.createdUs ?? 0)
  }

  #indexFor({ text }: ArrivingSeries, worker: number, link: SourceLink): number | undefined {
    const key = this.#keyOf(text, worker)
    const known = this.#list.indexOf(key)
    if (known !== undefined) return known
    const attributes = parseAttributes(text)
    if (attributes === undefined) return undefined
    if (this.#admission.admit(key, text, worker)) return this.#appear(key, text, attributes, worker)

    this.#admission.join(key)
    link.joined.push(key)
    const overflow = this.#keyOf(OVERFLOW_TEXT, worker)
    return (
      this.#list.indexOf(overflow) ??
      this.#appear(overflow, OVERFLOW_TEXT, parseAttributes(OVERFLOW_TEXT)!, worker)
    )
  }

  #keyOf(text: string, worker: number): string {
    return this.#isPerWorker ? `${text}${worker}` : text
  }

  #appear(key: string, text: string, attributes: Attributes, worker: number): number {
    if (this.#isPerWorker) attributes[WORKER_ATTRIBUTE] = String(worker)
    const index = this.#list.appear({ key, text, attributes, worker })
    this.reserve(index)
    return index
  }

  /** Worker numbers whose values a ledger no longer tells, because their next writer does. */
  #takenWorkers(): Set<number> | undefined {
    if (!isReplaced(this.definition)) return undefined
    const living = [...this.#links].filter(([, link]) => !link.isLedger)
    return new Set(living.map(([source]) => source.worker))
  }
}
