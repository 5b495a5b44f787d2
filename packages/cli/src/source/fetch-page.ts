import type { ClientRequest, IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { Failure } from '../arguments/failure.ts'

const TIMEOUT_MS = 10_000

/**
 * The page at a URL as text. `http+unix://%2Frun%2Fapp.sock/metrics` is one on a Unix socket; a user and a password
 * may stand in it. Rejects with {@link Failure}.
 */
export async function fetchPage(url: string, shown: string, token: string | undefined): Promise<string> {
  try {
    const { status, body } = await ask(new URL(url), 'text/plain;version=0.0.4', token)
    if (status === 200) return body
    throw new Failure(`${shown} answered ${status}. ${mendOf(status)}`)
  } catch (error) {
    if (error instanceof Failure) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new Failure(
      `${shown} can't be read: ${message || code}. Is the service running, and is this its address?`,
    )
  }
}

export interface Answer {
  readonly status: number | undefined
  readonly body: string
}

/** Whatever stands at a URL. Rejects when there is no answer. */
export async function ask(url: URL, accept: string, token: string | undefined): Promise<Answer> {
  const response = await request(url, accept, token)
  return { status: response.statusCode, body: await text(response) }
}

async function request(url: URL, accept: string, token: string | undefined): Promise<IncomingMessage> {
  const client = url.protocol.startsWith('https') ? await import('node:https') : await import('node:http')
  const headers: Record<string, string> = { accept }
  if (token !== undefined) headers.authorization = `Bearer ${token}`
  const auth = url.username
    ? `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
    : undefined
  const socketPath = url.protocol.endsWith('+unix:') ? decodeURIComponent(url.host) : undefined
  const where =
    socketPath === undefined
      ? {
          hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
          port: url.port,
          path: url.pathname + url.search,
        }
      : { socketPath, path: url.pathname + url.search }
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = client.request(
      { ...where, headers, signal, ...(auth !== undefined && { auth }) },
      resolve,
    )
    sent.on('error', error =>
      reject(signal.aborted ? new Error(`no answer within ${TIMEOUT_MS / 1_000} s`) : error),
    )
    sent.end()
  })
}

function mendOf(status: number | undefined): string {
  switch (status) {
    case 401:
      return 'Give a token with --bearer-token-file, or a user and a password in the URL.'
    case 403:
      return 'It wants a certificate of its clients, which this command can not give; use its directory.'
    case 404:
      return 'The page is at another path, usually /metrics.'
    case 429:
      return 'It is asked too often; try again later.'
    default:
      return 'The log of the service may say why.'
  }
}
