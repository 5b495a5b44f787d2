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
}

/** Bytes as sent, so compressed; undefined without a body or when it comes in chunks, without a length. */
export function requestBodyBytes(request: IncomingMessage): number | undefined {
  const length = request.headers['content-length']
  return length === undefined ? undefined : Number(length)
}

/**
 * The bytes of the body as they were sent, without headers. Nothing counts the chunks of a response without a
 * length, so for those it is what the connection has sent beyond the header: the framing of chunks, some 5 to 10
 * bytes each, is part of it.
 */
export function takeResponseBodyBytes(
  response: SentResponse,
  socket: Socket,
  connection: { sentBytes: number },
): number {
  const headerBytes = response._header?.length ?? 0
  if (response._hasBody === false) {
    connection.sentBytes += headerBytes
    return 0
  }
  const length = response._contentLength
  if (typeof length === 'number') {
    connection.sentBytes += headerBytes + length
    return length
  }
  const sentBytes = socket.bytesWritten
  const bodyBytes = sentBytes - connection.sentBytes - headerBytes
  connection.sentBytes = sentBytes
  return Math.max(0, bodyBytes)
}
