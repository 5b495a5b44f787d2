import { Publication, type Published } from '../page/publication.ts'
import { Registry } from '../registry/registry.ts'
import {
  firstInvalidLabelName,
  isObject,
  type Labels,
  labelsFromArguments,
  NO_LABELS,
  validateMetricName,
} from '../series/label-rules.ts'
import type { Series } from '../series/series.ts'
import { SeriesTable } from '../series/series-table.ts'
import type {
  Aggregator,
  AnyRegistry,
  LabelValues,
  MetricConfiguration,
  MetricObjectWithValues,
  MetricValue,
} from '../types.ts'
import type { MetricTypeName, Reading, Sample } from './reading.ts'

/**
 * What all four metrics share: their description, their series, and where they are shown.
 *
 * `Value` is what `get` tells of a series, `Child` what `labels` returns.
 */
export abstract class BaseMetric<
  T extends string,
  S extends Series,
  Value extends MetricValue<string>,
  Child,
> {
  readonly name: string
  readonly help: string
  readonly labelNames: readonly string[]
  readonly aggregator: Aggregator
  readonly registers: readonly AnyRegistry[]
  readonly enableExemplars: boolean
  abstract readonly type: MetricTypeName
  collect?: (() => void | Promise<void>) | undefined
  protected readonly table: SeriesTable<S>
  #publication: Publication | undefined

  /** @throws {Error} for names that Prometheus does not take, and a missing name or help. */
  constructor(configuration: MetricConfiguration<string>, reservedLabel?: string) {
    if (!isObject(configuration)) throw new TypeError('constructor expected a config object')
    const { name, help, labelNames, registers, aggregator = 'sum', collect } = configuration
    if (!help) throw new Error('Missing mandatory help parameter')
    if (!name) throw new Error('Missing mandatory name parameter')
    if (!validateMetricName(name)) throw new Error(`Invalid metric name: ${name}`)
    const invalid = firstInvalidLabelName(labelNames ?? [])
    if (invalid !== undefined) throw new Error(`At least one label name is invalid: ${invalid}`)
    if (collect && typeof collect !== 'function')
      throw new Error('Optional "collect" parameter must be a function')
    if (reservedLabel !== undefined && labelNames?.includes(reservedLabel))
      throw new Error(`${reservedLabel} is a reserved label keyword`)
    this.name = name
    this.help = help
    this.labelNames = labelNames ?? []
    this.aggregator = aggregator
    this.registers = registers ?? [Registry.globalRegistry]
    this.enableExemplars = Boolean(configuration.enableExemplars)
    if (collect) this.collect = collect
    this.table = new SeriesTable(this.labelNames, {
      create: labels => this.createSeries(labels),
      awoke: series => this.#publication?.share(series),
    })
  }

  /** The last step of a constructor: what has no labels is there at once, and the registries have it. */
  protected begin(): void {
    this.showUnlabeled()
    for (const registry of this.registers) {
      if (this.enableExemplars && registry.contentType === Registry.PROMETHEUS_CONTENT_TYPE)
        throw new TypeError('Exemplars are supported only on OpenMetrics registries')
      registry.registerMetric(this as never)
    }
  }

  /** One series, found once. It may be kept: after `reset` and `remove` it begins anew. */
  labels(...values: string[]): Child
  labels(labels: LabelValues<T>): Child
  labels(...given: unknown[]): Child {
    const series =
      this.table.knownByValues(given) ?? this.table.known(labelsFromArguments(this.labelNames, given))
    series.child ??= this.createChild(series)
    return series.child as Child
  }

  /** Nothing is shown any more, until something is recorded. */
  reset(): void {
    this.table.reset()
  }

  remove(...values: string[]): void
  remove(labels: LabelValues<T>): void
  remove(...given: unknown[]): void {
    this.table.remove(labelsFromArguments(this.labelNames, given))
  }

  async get(): Promise<MetricObjectWithValues<Value>> {
    const pending = this.collectValues()
    if (pending !== undefined) await pending
    return this.reading() as never
  }

  /** @internal This metric on the service's page. */
  get publication(): Publication {
    this.#publication ??= new Publication({
      ...this.publish(),
      name: this.name,
      series: this.table,
      collect: () => this.collectForPage(),
    })
    return this.#publication
  }

  /** @internal Calls `collect`; the service's page shows what it did when it is done. */
  collectValues(): void | Promise<void> {
    const { collect } = this
    if (collect !== undefined) return this.publication.withhold(() => collect.call(this))
  }

  /** Calls `collect` for the service's page. */
  protected collectForPage(): void | Promise<void> {
    return this.collectValues()
  }

  /** @internal What the metric says, without calling `collect`. */
  reading(): Reading {
    const { name, help, type, aggregator } = this
    return { name, help, type, values: this.samples(), aggregator }
  }

  /** What has no labels is shown before anything is recorded. */
  protected showUnlabeled(): void {
    if (this.labelNames.length === 0) this.table.of(NO_LABELS)
  }

  protected abstract publish(): Pick<Published, 'signature' | 'define'>
  protected abstract createSeries(labels: Labels): S
  protected abstract createChild(series: S): Child
  protected abstract samples(): Sample[]
}
