import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isInside } from './allowed-address.ts'

export interface FetchLimits {
  timeoutMs: number
  /** The origin of the outside world's stub, which may be on this host. */
  trustedOrigin: string | undefined
}

/** What a user asked us to fetch must not be fetched. */
export class RefusedAddressError extends Error {}

const bodyLimitBytes = 512 * 1024

/**
 * Fetches what a user has named. An address inside our own network is refused when its name is resolved for the
 * connection itself, so that a name that changes its mind between check and use gains nothing; redirects are not
 * followed. Rejects for anything but a 200 that is in time and not too large.
 */
export function fetchText(address: string, { timeoutMs, trustedOrigin }: FetchLimits): Promise<string> {
  return new Promise((resolve, reject) => {
    const url = new URL(address)
    const isTrusted = trustedOrigin !== undefined && url.origin === new URL(trustedOrigin).origin
    // An address in numbers is not looked up.
    if (!isTrusted && isNumeric(url.hostname) && isInside(bare(url.hostname)))
      return reject(new RefusedAddressError(`${url.hostname} is not an address of the outside world.`))
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const request: ClientRequest = send(
      url,
      {
        signal: AbortSignal.timeout(timeoutMs),
        headers: { accept: 'text/html, application/json', 'user-agent': 'control-plane' },
        ...(!isTrusted && { lookup: outsideLookup }),
        agent: false,
      },
      response => readBody(request, response).then(resolve, reject),
    )
    // Also a second one, after the answer was given up.
    request.on('error', reject)
    request.end()
  })
}

async function readBody(request: ClientRequest, response: IncomingMessage): Promise<string> {
  try {
    if (response.statusCode !== 200) throw new Error(`It was answered with ${response.statusCode}.`)
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > bodyLimitBytes) throw new Error(`The answer has more than ${bodyLimitBytes} bytes.`)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  } finally {
    request.destroy()
  }
}

const outsideLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...(options as LookupOptions), all: true }, (error, addresses) => {
    if (error) return callback(error, '')
    const refused = addresses.find(({ address }: LookupAddress) => isInside(address))
    if (refused) return callback(new RefusedAddressError(`${hostname} is not in the outside world.`), '')
    if (options.all) return callback(null, addresses)
    callback(null, addresses[0]!.address, addresses[0]!.family)
  })
}

function isNumeric(hostname: string): boolean {
  return hostname.startsWith('[') || /^[\d.]+$/.test(hostname)
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '')
}
