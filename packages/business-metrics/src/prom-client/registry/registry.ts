import type { Histogram } from '../metrics/histogram.ts'
import type { Reading } from '../metrics/reading.ts'
import type { Publication } from '../page/publication.ts'
import type { Labels } from '../series/label-rules.ts'
import type {
  Metric,
  MetricObject,
  MetricObjectWithValues,
  MetricValue,
  OpenMetricsContentType,
  PrometheusContentType,
  RegistryContentType,
} from '../types.ts'
import { isContentType, OPENMETRICS, PROMETHEUS } from './content-types.ts'
import { type TextForm, writeHistogram, writeMetric } from './text.ts'

/** One of ours; anything else that has a name and can be read may be registered, too. */
interface OwnMetric {
  readonly name: string
  readonly publication: Publication
  collectValues(): void | Promise<void>
  reading(): Reading
  reset(): void
}
interface ForeignMetric {
  readonly name: string
  get(): Promise<Reading> | Reading
  reset?(): void
}
type Registered = OwnMetric | ForeignMetric

const NO_LABELS: Labels = {}

/**
 * The metrics of this process, and their page. What is registered here is on the service's page, too, where Tutti is.
 */
export class Registry<ContentType extends RegistryContentType = PrometheusContentType> {
  static readonly PROMETHEUS_CONTENT_TYPE: PrometheusContentType = PROMETHEUS
  static readonly OPENMETRICS_CONTENT_TYPE: OpenMetricsContentType = OPENMETRICS
  /** Where metrics are registered that name no registry: also `register`. */
  static readonly globalRegistry: Registry = new Registry()

  readonly #metrics: Map<string, Registered> = new Map()
  #defaultLabels: Labels = NO_LABELS
  #contentType: ContentType

  /** @throws {TypeError} for another content type than the two. */
  constructor(contentType: RegistryContentType = PROMETHEUS) {
    if (!isContentType(contentType)) throw new TypeError(`Content type ${contentType} is unsupported`)
    this.#contentType = contentType as ContentType
  }

  get contentType(): ContentType {
    return this.#contentType
  }

  /** @throws {Error} for another content type than the two. */
  setContentType(contentType: ContentType): void {
    if (!isContentType(contentType)) throw new Error(`Content type ${contentType} is unsupported`)
    this.#contentType = contentType
  }

  /** The page of this registry: of this process, and no other. Rejects with what a `collect` throws. */
  async metrics(): Promise<string> {
    const isOpenMetrics = this.#form().isOpenMetrics
    const texts = await Promise.all([...this.#metrics.values()].map(metric => this.#write(metric)))
    return isOpenMetrics ? `${texts.join('\n')}\n# EOF\n` : `${texts.join('\n\n')}\n`
  }

  /** @throws {Error} when another metric has the name. */
  registerMetric<T extends string>(metric: Metric<T>): void {
    const registered = metric as unknown as Registered
    const known = this.#metrics.get(registered.name)
    if (known !== undefined && known !== registered)
      throw new Error(`A metric with the name ${registered.name} has already been registered.`)
    this.#metrics.set(registered.name, registered)
    if (isOwn(registered)) registered.publication.join(this)
  }

  getSingleMetric<T extends string>(name: string): Metric<T> | undefined {
    return this.#metrics.get(name) as Metric<T> | undefined
  }

  getSingleMetricAsString(name: string): Promise<string> {
    return this.#write(this.#metrics.get(name)!)
  }

  getMetricsAsArray(): MetricObject[] {
    return [...this.#metrics.values()] as unknown as MetricObject[]
  }

  /** A metric as text, in this registry or not. */
  getMetricsAsString(metric: object): Promise<string> {
    return this.#write(metric as Registered)
  }

  async getMetricsAsJSON(): Promise<MetricObjectWithValues<MetricValue<string>>[]> {
    const readings = await Promise.all([...this.#metrics.values()].map(read))
    const defaults = Object.entries(this.#defaultLabels)
    for (const { values } of defaults.length > 0 ? readings : []) {
      for (const value of values ?? []) {
        value.labels = { ...value.labels }
        for (const [name, given] of defaults) value.labels[name] ||= given
      }
    }
    return readings as never
  }

  removeSingleMetric(name: string): void {
    const metric = this.#metrics.get(name)
    this.#metrics.delete(name)
    if (metric !== undefined && isOwn(metric)) metric.publication.leave(this)
  }

  /** Forgets all metrics and the default labels. */
  clear(): void {
    for (const name of [...this.#metrics.keys()]) this.removeSingleMetric(name)
    this.#defaultLabels = NO_LABELS
  }

  resetMetrics(): void {
    for (const metric of this.#metrics.values()) metric.reset?.()
  }

  /** Labels of every sample that does not have them, on the service's page, too. */
  setDefaultLabels(labels: object): void {
    this.#defaultLabels = labels as Labels
    for (const metric of this.#metrics.values()) if (isOwn(metric)) metric.publication.relabel()
  }

  /** @internal */
  get defaultLabels(): Labels {
    return this.#defaultLabels
  }

  /**
   * One registry with the metrics of several, to be read.
   * @throws {Error} for registries of different content types, and for metrics of one name.
   */
  static merge(registers: Registry[]): Registry {
    const [{ contentType }] = registers
    if (registers.some(each => each.contentType !== contentType))
      throw new Error('Registers can only be merged if they have the same content type')
    const merged = new Registry(contentType)
    for (const registry of registers) {
      for (const metric of registry.#metrics.values()) {
        const known = merged.#metrics.get(metric.name)
        if (known !== undefined && known !== metric)
          throw new Error(`A metric with the name ${metric.name} has already been registered.`)
        // Whether it is on the service's page is for the registries that it came from to say.
        merged.#metrics.set(metric.name, metric)
      }
    }
    return merged
  }

  async #write(metric: Registered): Promise<string> {
    if (!isOwn(metric)) return writeMetric(await metric.get(), this.#form())
    const pending = metric.collectValues()
    if (pending !== undefined) await pending
    return isHistogram(metric)
      ? writeHistogram(metric, this.#form())
      : writeMetric(metric.reading(), this.#form())
  }

  #form(): TextForm {
    const labels = this.#defaultLabels
    return {
      isOpenMetrics: (this.#contentType as string) === OPENMETRICS,
      defaultLabels: Object.keys(labels).length > 0 ? labels : undefined,
    }
  }
}

async function read(metric: Registered): Promise<Reading> {
  if (!isOwn(metric)) return metric.get()
  const pending = metric.collectValues()
  if (pending !== undefined) await pending
  return metric.reading()
}

function isOwn(metric: Registered): metric is OwnMetric {
  return 'publication' in metric
}

function isHistogram(metric: OwnMetric): metric is OwnMetric & Histogram {
  return 'upperBounds' in metric
}
