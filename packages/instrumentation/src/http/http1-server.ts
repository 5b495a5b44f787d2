import type { Socket } from 'node:net'
import { listen } from '../channel.ts'
import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import { stopAll } from '../stop-all.ts'
import {
  countChunkedBody,
  type ReceivedRequest,
  requestBodyBytes,
  type SentResponse,
  takeResponseBodyBytes,
} from './body-size.ts'
import { routeOf } from './routes/route.ts'
import type { FindServerSeries, ServerSeries } from './server-series.ts'
import { recordWithin } from './within.ts'

const connectionKey = Symbol('tutti.http.connection')

/** What is known of one connection: it outlives its requests, so a request allocates nothing. */
interface Connection {
  /** The response that is due next; undefined between two requests. */
  response: SentResponse | undefined
  series: ServerSeries
  startMs: number
  /** Requests that came before the one above was answered, if the client ever did that. */
  pipelined: PendingResponse[] | undefined
  /** What was sent before that response began, as far as it was counted. */
  sentBytes: number
}

interface PendingResponse {
  response: SentResponse
  series: ServerSeries
  startMs: number
}

interface ServedSocket extends Socket {
  encrypted?: boolean
  [connectionKey]?: Connection
}

interface Exchange {
  request: ReceivedRequest
  response: SentResponse
  socket: ServedSocket
}

/**
 * Node says when a request starts and when its response has been handed to the operating system. What was not
 * answered by the time its connection closes was aborted, which takes one listener a connection, not one a request.
 */
export function watchHttp1({ warn }: InstrumentationContext, seriesOf: FindServerSeries): () => void {
  function onStart({ request, response, socket }: Exchange): void {
    const version = request.httpVersionMinor === 0 ? '1.0' : '1.1'
    const series = seriesOf(request.method ?? 'GET', socket.encrypted === true, version)
    const startMs = performance.now()
    const connection = socket[connectionKey]
    if (connection === undefined) {
      const sentBytes = socket.bytesWritten ?? 0
      socket[connectionKey] = { response, series, startMs, pipelined: undefined, sentBytes }
      socket.on('close', onSocketClose)
    } else if (connection.response === undefined) {
      connection.response = response
      connection.series = series
      connection.startMs = startMs
    } else {
      connection.pipelined ??= []
      connection.pipelined.push({ response, series, startMs })
    }
    series.active.add(1)
    countChunkedBody(request)
  }

  const onClosed = guard('http', warn, recordAborted)

  function onSocketClose(this: ServedSocket): void {
    onClosed(this[connectionKey])
  }

  return stopAll([
    listen('http.server.request.start', 'http', warn, onStart),
    listen('http.server.response.finish', 'http', warn, onFinish),
  ])
}

function onFinish({ request, response, socket }: Exchange): void {
  const connection = socket[connectionKey]
  // Responses leave in the order of their requests; any other began before we listened.
  if (connection === undefined || connection.response !== response) return
  const { series, startMs } = connection
  expectNext(connection)
  series.active.add(-1)
  const outcome = series.outcome(routeOf(response), response.statusCode, true)
  recordWithin(request, outcome.duration, (performance.now() - startMs) / 1000)
  const requestBytes = requestBodyBytes(request)
  if (requestBytes !== undefined) outcome.requestBody.record(requestBytes)
  const responseBytes = takeResponseBodyBytes(response, socket, connection)
  if (responseBytes !== undefined) outcome.responseBody.record(responseBytes)
}

function expectNext(connection: Connection): void {
  const next = connection.pipelined?.shift()
  connection.response = next?.response
  if (next === undefined) return
  connection.series = next.series
  connection.startMs = next.startMs
}

/** The size of a body that did not arrive whole is not recorded. */
function recordAborted(connection: Connection | undefined): void {
  const endMs = performance.now()
  while (connection?.response !== undefined) {
    const { response, series, startMs } = connection
    expectNext(connection)
    series.active.add(-1)
    const status = response.headersSent ? response.statusCode : 0
    const { duration } = series.outcome(routeOf(response), status, response.writableFinished)
    recordWithin(response.req, duration, (endMs - startMs) / 1000)
  }
}
