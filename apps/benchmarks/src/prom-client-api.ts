import type * as promClient from 'prom-client'

/** The part of prom-client that its successor @prometheus-io/client offers under the same names. */
export type PromClient = Pick<typeof promClient, 'AggregatorRegistry' | 'Counter' | 'Histogram' | 'Registry'>
