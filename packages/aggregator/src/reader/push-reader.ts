import type { IMetricReader } from '@opentelemetry/sdk-metrics'

/**
 * What tells a reader that exports by itself, like the SDK's `PeriodicExportingMetricReader`: it has an exporter. By
 * shape and not by class, because the app's copy of the SDK is not necessarily ours.
 */
interface PushReader {
  readonly _exporter?: { readonly export?: unknown }
  readonly _exportInterval?: unknown
  /** The collection and export that are under way. */
  readonly _ongoingExportPromise?: unknown
}

/** Whether the reader exports by itself at intervals, and not when it is asked. */
export function isPushReader(reader: IMetricReader): boolean {
  // An app may have left a place in its list empty.
  const { _exporter, _exportInterval } = (reader ?? {}) as PushReader
  return typeof _exporter?.export === 'function' && typeof _exportInterval === 'number'
}

/**
 * Calls `ended` when the export for which the reader is collecting has been acknowledged or given up. A reader that
 * does not let us know has it the moment it is handed the result.
 */
export function whenExported(reader: IMetricReader, ended: () => void): void {
  const { _ongoingExportPromise: underWay } = reader as PushReader
  if (underWay instanceof Promise) underWay.then(ended, ended)
  else ended()
}
