import type * as promClient from 'prom-client'

/** The part of prom-client that its successor @prometheus-io/client offers under the same names. */
export type PromClient = Pick<typeof promClient, 'AggregatorRegistry' | 'Counter' | 'Histogram' | 'Registry'>

/** Loads one of them, in a process that has nothing else. */
export const loadPromClient: Record<'prom-client' | 'prometheus-io', () => Promise<PromClient>> = {
  'prom-client': async () => (await import('prom-client')).default,
  'prometheus-io': async () => (await import('@prometheus-io/client')).default as never,
}
