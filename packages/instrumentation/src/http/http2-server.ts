import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import type { Server } from 'node:net'
import { listen } from '../channel.ts'
import { guard } from '../guard.ts'
import type { RecordHandle } from '../handle.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import { type RoutedMessage, routeOf } from './routes/route.ts'
import type { FindServerSeries, ServerSeries } from './server-series.ts'

const exchangeKey = Symbol('tutti.http2.exchange')

interface ServedStream extends ServerHttp2Stream, RoutedMessage {
  [exchangeKey]?: Exchange
}

interface Exchange {
  series: ServerSeries
  startMs: number
  headers: IncomingHttpHeaders
}

/**
 * Requests of HTTP/2, one a stream, be they served by `stream` listeners or through the API that is compatible
 * with HTTP/1. HTTP/1 on the same port is seen by the other part.
 */
export function watchHttp2(context: InstrumentationContext, seriesOf: FindServerSeries): () => void {
  const { warn } = context
  const onClosed = guard('http', warn, record)

  function onStreamClose(this: ServedStream): void {
    onClosed(this)
  }

  function onStream(stream: ServedStream, headers: IncomingHttpHeaders): void {
    // Even streams are pushed by the server: nobody requested them.
    if (stream[exchangeKey] !== undefined || Number(stream.id) % 2 === 0) return
    const series = seriesOf(headers[':method'] ?? 'GET', stream.session?.encrypted === true, '2')
    stream[exchangeKey] = { series, startMs: performance.now(), headers }
    stream.on('close', onStreamClose)
    series.active.add(1)
  }

  if (!publishesStreams(process.versions.node)) return watchServers(context, guard('http', warn, onStream))
  return listen(
    'http2.server.stream.created',
    'http',
    warn,
    ({ stream, headers }: { stream: ServedStream; headers: IncomingHttpHeaders }) =>
      onStream(stream, headers),
  )
}

function record(stream: ServedStream): void {
  const { series, startMs, headers } = stream[exchangeKey]!
  series.active.add(-1)
  const status = Number(stream.sentHeaders?.[':status'] ?? 0)
  const finished = !stream.aborted
  const outcome = series.outcome(routeOf(stream), status, finished)
  outcome.duration.record((performance.now() - startMs) / 1000)
  if (!finished) return
  recordLength(outcome.requestBody, headers['content-length'])
  const isEmpty = headers[':method'] === 'HEAD' || status === 204 || status === 304
  // Node counts the bytes of no stream, so only a length that was sent is known.
  recordLength(outcome.responseBody, isEmpty ? 0 : stream.sentHeaders?.['content-length'])
}

function recordLength(handle: RecordHandle, length: unknown): void {
  if (length === undefined) return
  const bytes = Number(length)
  if (bytes >= 0) handle.record(bytes)
}

/** Node publishes the streams of servers since 22.17 and 24.3. */
function publishesStreams(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 24 || (major === 24 && minor >= 3) || (major === 22 && minor >= 17)
}

/**
 * On older versions a server gets a listener of ours when it starts to listen, before any of the app's. By name,
 * because loading `node:http2` for its classes would delay the start of every app.
 */
function watchServers(
  { warn }: InstrumentationContext,
  onStream: (this: unknown, stream: ServedStream, headers: IncomingHttpHeaders) => void,
): () => void {
  return listen('tracing:net.server.listen:asyncStart', 'http', warn, ({ server }: { server: Server }) => {
    const isHttp2 = /^Http2(Secure)?Server$/.test(server.constructor.name)
    if (isHttp2 && !server.listeners('stream').includes(onStream)) server.prependListener('stream', onStream)
  })
}
