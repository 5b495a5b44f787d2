import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { urlToHttpOptions } from 'node:url'
import { gzipSync } from 'node:zlib'
import { Registry } from './registry/registry.ts'
import type { RegistryContentType } from './types.ts'

interface Options extends RequestOptions {
  /** `false` for gateways that need none. */
  requireJobName?: boolean
}

type Answer = Promise<{ resp?: unknown; body?: unknown }>

/** Sends a registry's page to a Prometheus Pushgateway: for jobs that end before anybody scrapes them. */
export class Pushgateway<T extends RegistryContentType> {
  readonly #url: string
  readonly #requiresJobName: boolean
  readonly #options: RequestOptions
  readonly #registry: Pick<Registry<T>, 'metrics'>

  /** @param options those of `http.request`, and `requireJobName`. @param registry default: the global one. */
  // biome-ignore lint/suspicious/noExplicitAny: as in prom-client's types
  constructor(url: string, options?: any, registry?: Registry<T>) {
    const { requireJobName = true, ...others } = (options ?? {}) as Options
    this.#url = url
    this.#requiresJobName = requireJobName
    this.#options = others
    this.#registry = registry ?? Registry.globalRegistry
  }

  /** Replaces metrics of the same names in the group. Rejects when the gateway does not take it. */
  pushAdd(params: Pushgateway.Parameters): Answer {
    return this.#request('POST', params)
  }

  /** Replaces all metrics of the group. Rejects when the gateway does not take it. */
  push(params: Pushgateway.Parameters): Answer {
    return this.#request('PUT', params)
  }

  /** Removes the group. Rejects when the gateway does not do it. */
  delete(params: Pushgateway.Parameters): Answer {
    return this.#request('DELETE', params)
  }

  #request(method: string, params: Partial<Pushgateway.Parameters> = {}): Answer {
    if (this.#requiresJobName && !params.jobName) throw new Error('Missing jobName parameter')
    return this.#send(method, urlOf(this.#url, params))
  }

  /** The request is made at once, with the options of the constructor; what is sent with it follows. */
  #send(method: string, url: URL): Answer {
    const headers = { ...(this.#options.headers as Record<string, string> | undefined) }
    if (method === 'DELETE') delete headers['Content-Encoding']
    const options = { ...urlToHttpOptions(url), ...this.#options, headers, method }
    return new Promise((resolve, reject) => {
      const request = (url.protocol === 'https:' ? https : http).request(options, response => {
        answerOf(response).then(resolve, reject)
      })
      request.on('error', reject)
      request.on('timeout', () => request.destroy(new Error('Pushgateway request timed out')))
      if (method === 'DELETE') request.end()
      else
        this.#registry
          .metrics()
          .then(page => request.end(headers['Content-Encoding'] === 'gzip' ? gzipSync(page) : page))
          .catch(error => {
            reject(error)
            // Its connection would keep the process alive.
            request.destroy()
          })
    })
  }
}

export declare namespace Pushgateway {
  interface Parameters {
    jobName: string
    groupings?: { [key: string]: string }
  }
}

function urlOf(base: string, { jobName, groupings = {} }: Partial<Pushgateway.Parameters>): URL {
  const url = new URL(base)
  const path = jobName ? ['job', jobName, ...Object.entries(groupings).flat()] : []
  const parts = path.map(part => `/${encodeURIComponent(part)}`)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/metrics${parts.join('')}`
  return url
}

async function answerOf(response: IncomingMessage): Answer {
  let body = ''
  response.setEncoding('utf8')
  for await (const chunk of response) body += chunk
  if (Number(response.statusCode) >= 400)
    throw new Error(`push failed with status ${response.statusCode}, ${body}`)
  return { resp: response, body }
}
