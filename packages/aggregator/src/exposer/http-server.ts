import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { Limits } from './limits.ts'
import type { Refusals } from './refusals.ts'
import { refuseCertificate } from './web-config/client-certificate.ts'
import type { Tls } from './web-config/tls.ts'

/**
 * What turns a connection into requests, with or without TLS. It does not listen: connections are given to it, so
 * that another one, with other certificates, can take its place at any time.
 */
export function createHttpServer(
  tls: Tls | undefined,
  { maxHeaderBytes, requestTimeoutMs, idleTimeoutMs }: Limits,
  refusals: Refusals,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Server {
  const options = {
    maxHeaderSize: maxHeaderBytes,
    insecureHTTPParser: false,
    keepAliveTimeout: idleTimeoutMs,
  }
  const server =
    tls === undefined
      ? createServer(options, handle)
      : createTlsServer({ ...options, ...tls.options, handshakeTimeout: requestTimeoutMs }, handle)

  if (tls !== undefined) server.prependListener('secureConnection', refuseUntrusted(tls, refusals))
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket: TLSSocket) => {
    const what =
      tls?.clientAuth === 'none' ? 'its TLS handshake failed' : 'its TLS handshake or certificate failed'
    refusals.count('tls', socket.remoteAddress, `${what} (${error.code ?? 'closed'})`)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    refuseMalformed(error, socket, refusals)
  })
  // Whoever expects an answer before sending a body has one to send.
  server.on('checkContinue', handle)
  server.on('checkExpectation', handle)
  server.on('connect', ({ socket: { remoteAddress } }: IncomingMessage, socket: Duplex) => {
    refusals.count('method', remoteAddress, 'its method is neither GET nor HEAD')
    refuse(socket, 405)
  })
  return server
}

function refuseUntrusted(tls: Tls, refusals: Refusals): (socket: TLSSocket) => void {
  return socket => {
    const why = refuseCertificate(socket, tls)
    if (why === undefined) return
    refusals.count('client_certificate', socket.remoteAddress, why)
    socket.destroy()
  }
}

function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket, refusals: Refusals): void {
  const { code = '' } = error
  // Gone, or cut off by us: nobody is there to be refused.
  if (!code.startsWith('HPE_') || code === 'HPE_INVALID_EOF_STATE') return void socket.destroy()
  if (code === 'HPE_HEADER_OVERFLOW') {
    refusals.count('header_too_large', socket.remoteAddress, 'its headers are too large')
    return refuse(socket, 431)
  }
  refusals.count('malformed', socket.remoteAddress, `it is not well-formed HTTP/1.1 (${code})`)
  refuse(socket, 400)
}

function refuse(socket: Duplex, status: number): void {
  if (!socket.writable) return void socket.destroy()
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    () => socket.destroy(),
  )
}
