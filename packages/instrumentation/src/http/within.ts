import type { RecordHandle } from '../handle.ts'

/** Whoever makes spans may leave on a request how to run in its context: an exemplar then leads to its span. */
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
