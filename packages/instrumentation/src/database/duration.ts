import type { Histogram, Meter } from '@opentelemetry/api'

/** `db.client.operation.duration`, the same instrument for every database. */
export function createOperationDuration(meter: Meter): Histogram {
  return meter.createHistogram('db.client.operation.duration', {
    description: 'Duration of database client operations.',
    unit: 's',
    advice: { explicitBucketBoundaries: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] },
  })
}
