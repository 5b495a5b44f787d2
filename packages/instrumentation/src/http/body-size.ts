import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { RoutedMessage } from './routes/route.ts'

/** A response and what Node knows of it since long before version 20, though it is not documented. */
export interface SentResponse extends ServerResponse, RoutedMessage {
  /** False for HEAD, 204 and 304. */
  _hasBody?: boolean
  /** From the header, or of a body that was given to `end` at once; null when sent in chunks. */
  _contentLength?: number | null
  /** The status line and the headers as they were sent. */
  _header?: string | null
  /** The client asked whether it may send its body, and was told so. */
  _sent100?: boolean
}

/** How much of a body without a length has come; absent for all other requests. */
const receivedBytesKey: unique symbol = Symbol('tutti.http.receivedBytes')

export interface ReceivedRequest extends IncomingMessage {
  [receivedBytesKey]?: number
}

/** A body that comes in chunks, without a length, is counted as Node's parser hands it on. */
export function countChunkedBody(request: ReceivedRequest): void {
  if (request.headers['transfer-encoding'] === undefined) return
  request[receivedBytesKey] = 0
  request.push = pushCounted
}

function pushCounted(this: ReceivedRequest, chunk: Buffer | null, encoding?: BufferEncoding): boolean {
  if (chunk !== null) this[receivedBytesKey]! += chunk.length
  return (Object.getPrototypeOf(this) as IncomingMessage).push.call(this, chunk, encoding)
}

/**
 * Bytes as sent, so compressed; undefined without a body, or when it was answered before all of its chunks came. A
 * length that was said counts even then: a handler that answers at once does so before Node has read a body that came
 * with the header, and would lose all of those.
 */
export function requestBodyBytes(request: ReceivedRequest): number | undefined {
  const length = request.headers['content-length']
  if (length !== undefined) return Number(length)
  return request.complete ? request[receivedBytesKey] : undefined
}

const continueBytes = 'HTTP/1.1 100 Continue\r\n\r\n'.length

/**
 * The bytes of the body as they were sent, without headers. Nothing counts the chunks of a response without a
 * length, so for those it is what the connection has sent beyond the header: the framing of chunks, some 5 to 10
 * bytes each, is part of it. Undefined on a connection that does not count, such as a stream of the app's own.
 */
export function takeResponseBodyBytes(
  response: SentResponse,
  socket: Socket,
  connection: { sentBytes: number },
): number | undefined {
  const headerBytes = (response._header?.length ?? 0) + (response._sent100 ? continueBytes : 0)
  const bodyBytes = response._hasBody === false ? 0 : response._contentLength
  if (typeof bodyBytes === 'number') {
    connection.sentBytes += headerBytes + bodyBytes
    return bodyBytes
  }
  const sentBytes = socket.bytesWritten
  if (sentBytes === undefined) return undefined
  const countedBytes = sentBytes - connection.sentBytes - headerBytes
  connection.sentBytes = sentBytes
  return Math.max(0, countedBytes)
}
