import type { RecordHandle } from '../handle.ts'

/**
 * Whoever makes spans may leave on a request how to run in its context: an exemplar then leads to its span. By a
 * symbol of the registry and not by an export, because it may come from another copy, or from the app itself. In this
 * repository `keepContext` of packages/preload/src/signals/start-signals.ts leaves it there.
 */
const withinKey: unique symbol = Symbol.for('tutti.http.within') as never

interface TracedRequest {
  [withinKey]?: (run: () => void) => void
}

/** Records in the context of the request's span, if there is one. */
export function recordWithin(request: object, handle: RecordHandle, value: number): void {
  const within = (request as TracedRequest)[withinKey]
  if (within === undefined) handle.record(value)
  else within(() => handle.record(value))
}
