import {
  AggregationTemporality,
  InMemoryMetricExporter,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'

/** A reader that pushes when it is flushed, and what it has exported. */
export function pushReader(temporality: AggregationTemporality = AggregationTemporality.CUMULATIVE) {
  const exporter = new InMemoryMetricExporter(temporality)
  return {
    exporter,
    reader: new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 }),
  }
}
