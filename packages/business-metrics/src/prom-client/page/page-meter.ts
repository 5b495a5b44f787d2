import type { Attributes, MeterProvider, MetricOptions } from '@opentelemetry/api'
import type { Share } from '../series/series.ts'

/*
 * What this adapter needs of a provider beyond OpenTelemetry's API. Tutti's has it; this package depends on none, so it
 * says what it needs here.
 */

/** Which of several processes' values stands on the page, and whether those of dead processes count. */
export interface Merging {
  readonly merge: 'sum' | 'min' | 'max' | 'last' | 'average'
  readonly keepDead: boolean
}

export interface PageOptions extends MetricOptions {
  merging?: Merging
  negative?: boolean
}

interface PageInstrument {
  /** Undefined where the series is not for these attributes only. */
  own(attributes: Attributes): Share | undefined
  bind(attributes: Attributes): { add?(value: number): void; record?(value: number): void }
}

export interface PageMeter {
  createCounter(name: string, options: PageOptions): PageInstrument
  createGauge(name: string, options: PageOptions): PageInstrument
  createHistogram(name: string, options: PageOptions): PageInstrument
}

export interface PageProvider {
  getMeter(scope: string): PageMeter
  /** The merged page of all processes. */
  render(accept?: string): Promise<{ contentType: string; body: Buffer }>
}

/** The scope by which the page knows that names are to stand as they are. */
export const SCOPE = '@tutti/business-metrics/prom-client'

/** Undefined: another SDK's provider, or none. */
export function pageProviderOf(provider: MeterProvider | undefined): PageProvider | undefined {
  const able = provider as Partial<PageProvider> | undefined
  return typeof able?.render === 'function' ? (able as PageProvider) : undefined
}

/** The share of a series that others may be counted in, too, can't be taken back. */
export function shareOf(instrument: PageInstrument, attributes: Attributes): Share {
  const own = instrument.own(attributes)
  if (own !== undefined) return own
  const bound = instrument.bind(attributes)
  return {
    add: value => bound.add?.(value),
    record: value => bound.record?.(value),
    replace() {},
  }
}
