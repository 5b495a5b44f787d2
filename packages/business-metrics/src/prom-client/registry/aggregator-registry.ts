import { shared } from '../../shared/state.ts'
import type { Reading } from '../metrics/reading.ts'
import { servicePage } from '../page/service-page.ts'
import type { AnyRegistry, RegistryContentType } from '../types.ts'
import { type AggregateReadings, aggregators } from './aggregators.ts'
import { Registry } from './registry.ts'

let aggregated: readonly AnyRegistry[] = [Registry.globalRegistry]

/**
 * The page of all processes. No process is asked for anything: where Tutti is, what they record is in memory that every
 * one of them can read, also of those that are blocked or dead.
 */
export class AggregatorRegistry<T extends RegistryContentType> extends Registry<T> {
  /**
   * The service's one page, from any of its processes. Without Tutti, of this process only; that is said once.
   */
  async clusterMetrics(): Promise<string> {
    const { provider } = servicePage
    if (provider !== undefined) return String((await provider.render(this.contentType)).body)
    shared.voice.once(
      'prom-client cluster',
      () =>
        'AggregatorRegistry shows this process only: start the service with node --require @tutti/preload, and every process of it is on the page.',
    )
    const readings = await Promise.all(aggregated.map(registry => registry.getMetricsAsJSON()))
    if (readings.every(each => each.length === 0)) return ''
    return AggregatorRegistry.aggregate(readings, this.contentType).metrics()
  }

  /**
   * One registry of what several processes' `getMetricsAsJSON` gave.
   * @throws {Error} for an aggregator that there is not.
   */
  static aggregate<T extends RegistryContentType>(
    metricsArr: object[],
    contentType: T = Registry.PROMETHEUS_CONTENT_TYPE as T,
  ): Registry<T> {
    const byName = new Map<string, Reading[]>()
    for (const reading of metricsArr.flat() as Reading[]) {
      const same = byName.get(reading.name)
      if (same === undefined) byName.set(reading.name, [reading])
      else same.push(reading)
    }
    const registry = new Registry<T>(contentType)
    for (const readings of byName.values()) {
      const [{ aggregator }] = readings
      const aggregate: AggregateReadings | undefined = aggregators[aggregator]
      if (typeof aggregate !== 'function') throw new Error(`'${aggregator}' is not a defined aggregator.`)
      const whole = aggregate(readings)
      if (whole !== undefined) registry.registerMetric({ ...whole, get: () => whole } as never)
    }
    return registry
  }

  /** Which registries' metrics are aggregated. What is in any registry is on the service's page anyway. */
  static setRegistries(registries: AnyRegistry[] | AnyRegistry): void {
    const all = Array.isArray(registries) ? registries : [registries]
    for (const each of all) {
      if (!(each instanceof Registry)) throw new TypeError(`Expected Registry, got ${typeof each}`)
    }
    aggregated = all
  }
}
