import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import { createRequire } from 'node:module'
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
  // What follows on a connection that ends is never looked at: it may be the body of what was refused.
  const take = (request: IncomingMessage, response: ServerResponse) => {
    if (ENDING.has(request.socket)) return
    ANSWERING.add(request.socket)
    response.once('close', () => ANSWERING.delete(request.socket))
    handle(request, response)
  }
  const server =
    tls === undefined
      ? createServer(options, take)
      : loadHttps().createServer(
          { ...options, ...tls.options, handshakeTimeout: 10 * requestTimeoutMs },
          take,
        )

  if (tls !== undefined) server.prependListener('secureConnection', refuseUntrusted(tls, refusals))
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket: TLSSocket) => {
    refuseHandshake(error, socket, refusals)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    refuseMalformed(error, socket, refusals)
  })
  // Whoever expects an answer before sending a body has one to send.
  server.on('checkContinue', take)
  server.on('checkExpectation', take)
  server.on('connect', ({ socket: { remoteAddress } }: IncomingMessage, socket: Duplex) => {
    refusals.count('method', remoteAddress, 'its method is neither GET nor HEAD')
    refuse(socket, 405)
  })
  return server
}

/** TLS takes memory, also where the page is served without. */
function loadHttps(): typeof import('node:https') {
  return createRequire(import.meta.url)('node:https') as typeof import('node:https')
}

function refuseHandshake({ code }: NodeJS.ErrnoException, socket: TLSSocket, refusals: Refusals): void {
  const { remoteAddress, authorizationError } = socket
  if (authorizationError || code === 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE')
    refusals.count(
      'client_certificate',
      remoteAddress,
      authorizationError
        ? `its certificate is not trusted (${authorizationError})`
        : 'it showed no certificate',
    )
  // A probe that only opens a connection asks for nothing, and whom we cut off has been counted.
  else if (code !== 'ECONNRESET' && code !== 'ERR_TLS_HANDSHAKE_TIMEOUT')
    refusals.count('tls', remoteAddress, `its TLS handshake failed (${code ?? 'closed'})`)
}

function refuseUntrusted(tls: Tls, refusals: Refusals): (socket: TLSSocket) => void {
  return socket => {
    const why = refuseCertificate(socket, tls)
    if (why === undefined) return
    refusals.count('client_certificate', socket.remoteAddress, why)
    socket.destroy()
  }
}

/** Connections that end with the answer that is being sent. */
const ENDING: WeakSet<Duplex> = new WeakSet()
/** Connections with a request that is being answered. */
const ANSWERING: WeakSet<Duplex> = new WeakSet()

/** Ends the connection with this answer: where the next request would begin is not certain. */
export function endWith(response: ServerResponse): void {
  const { socket } = response.req
  ENDING.add(socket)
  response.setHeader('Connection', 'close')
  response.once('finish', () => socket.destroySoon())
}

function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket, refusals: Refusals): void {
  if (ENDING.has(socket)) return
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

/** An answer of our own in the middle of another one would be taken for a part of that. */
function refuse(socket: Duplex, status: number): void {
  ENDING.add(socket)
  if (ANSWERING.has(socket) || !socket.writable) return void socket.destroy()
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    () => socket.destroy(),
  )
}
