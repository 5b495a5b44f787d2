import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { listen } from '../channel.ts'
import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../start.ts'
import { routeKey } from './route.ts'
import { createRequestSeries, type RequestSeries } from './series.ts'

/** Where a response keeps when its request began; absent once the request has been recorded. */
const startKey = Symbol('tutti.http.start')
const seriesKey = Symbol('tutti.http.series')
/** Whoever makes spans may leave on a request how to run in its context: an exemplar then leads to its span. */
const withinKey = Symbol.for('tutti.http.within')

interface TimedResponse extends ServerResponse {
  [startKey]?: number | undefined
  [seriesKey]?: RequestSeries
  [routeKey]?: string
}

interface TracedRequest extends IncomingMessage {
  [withinKey]?: (run: () => void) => void
}

interface RequestStart {
  request: IncomingMessage
  response: TimedResponse
  socket: Socket & { encrypted?: boolean; _httpMessage?: ServerResponse | null }
}

/**
 * `http.server.request.duration` and `http.server.active_requests` for every server of `node:http` and
 * `node:https`. A response emits 'close' once, be it finished or aborted, so one listener that all
 * responses share is enough, and nothing is allocated for a request but the number of its start.
 */
export function startHttpServer({ meter, env, warn }: InstrumentationContext): () => void {
  const seriesOf = createRequestSeries(meter, env)

  function onStart({ request, response, socket }: RequestStart): void {
    const series = seriesOf(request.method ?? 'GET', socket.encrypted === true)
    response[startKey] = performance.now()
    response[seriesKey] = series
    response.on('close', onResponseClose)
    // A pipelined response waits for its turn without a socket; until Node 22 it was never closed when
    // the connection broke before that, but its request was.
    if (socket._httpMessage) request.on('close', onRequestClose.bind(response))
    series.active.add(1)
  }

  const onClosed = guard('http', warn, recordOnce)

  function onResponseClose(this: TimedResponse): void {
    onClosed(this)
  }

  function onRequestClose(this: TimedResponse): void {
    if (this.req.socket.destroyed) onClosed(this)
  }

  return listen('http.server.request.start', 'http', warn, onStart)
}

function recordOnce(response: TimedResponse): void {
  const start = response[startKey]
  if (start === undefined) return
  response[startKey] = undefined
  const series = response[seriesKey]!
  series.active.add(-1)
  const statusCode = response.headersSent ? response.statusCode : 0
  const duration = series.duration(response[routeKey], statusCode, response.writableFinished)
  const seconds = (performance.now() - start) / 1000
  const within = (response.req as TracedRequest)[withinKey]
  if (within === undefined) duration.record(seconds)
  else within(() => duration.record(seconds))
}
