import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export interface Sample {
  labels: Record<string, string>
  value: number
}

export interface Line {
  labels: Record<string, string>
  /** Seconds since 1970, and what was then. */
  points: [timeSeconds: number, value: number][]
}

export interface Range {
  startSeconds: number
  endSeconds: number
  stepSeconds: number
}

/** A running Prometheus; rejects with what it says about a query that it can not run. */
export interface PrometheusApi {
  ask(expr: string): Promise<Sample[]>
  askRange(expr: string, range: Range): Promise<Line[]>
}

interface Result {
  metric: Record<string, string>
  value?: [number, string]
  values?: [number, string][]
}

/** Asks over TLS as `monitoring`, as Grafana does. */
export function connectTo(url: string, secrets: string): PrometheusApi {
  const password = readFileSync(join(secrets, 'monitoring-password'), 'utf8')
  const options = {
    ca: readFileSync(join(secrets, 'ca.crt')),
    auth: `monitoring:${password}`,
    agent: new Agent({ keepAlive: false, maxSockets: 8 }),
  }
  const post = (path: string, parameters: Record<string, string>): Promise<Result[]> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const sent = request(new URL(path, url), { ...options, method: 'POST', headers }, async response => {
        const { data, error } = JSON.parse(await text(response))
        if (data === undefined) reject(new Error(`${error} in ${parameters.query}`))
        else if (data.resultType !== 'scalar') resolve(data.result)
        else resolve([{ metric: {}, value: data.result }])
      })
      sent.on('error', reject).end(new URLSearchParams(parameters).toString())
    })
  return {
    ask: async query => {
      const result = await post('/api/v1/query', { query })
      return result.map(({ metric, value }) => ({ labels: metric, value: Number(value![1]) }))
    },
    askRange: async (query, { startSeconds, endSeconds, stepSeconds }) => {
      const range = { start: `${startSeconds}`, end: `${endSeconds}`, step: `${stepSeconds}` }
      const result = await post('/api/v1/query_range', { query, ...range })
      return result.map(({ metric, values }) => ({
        labels: metric,
        points: values!.map(([timeSeconds, value]) => [timeSeconds, Number(value)]),
      }))
    },
  }
}
