import { type Agent, request } from 'node:http'
import type { PlannedRequest } from './plans.ts'

export interface Target {
  url: string
  agent: Agent
  /** Without it the API answers 401. */
  token: string | undefined
  outsideUrl: string | undefined
}

export interface Answer {
  status: number
  createdId: string | undefined
}

const answerLimitMs = 15_000

/** Sends it once, never again: a request that was repeated behind our back would be one more on the server. */
export function sendRequest(planned: PlannedRequest, to: Target): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const body = planned.csv ?? (planned.body === undefined ? undefined : JSON.stringify(planned.body))
    const type = planned.csv === undefined ? 'application/json' : 'text/csv'
    const headers = {
      ...(body !== undefined && { 'content-type': type }),
      ...(to.token !== undefined && { authorization: `Bearer ${to.token}` }),
    }
    const options = { method: planned.method, agent: to.agent, headers }
    const sent = request(new URL(planned.path, to.url), options, response => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', chunk => {
        text += chunk
      })
      response.once('error', reject)
      response.once('end', () => {
        const status = response.statusCode ?? 0
        resolve({ status, createdId: status === 201 ? JSON.parse(text).id : undefined })
      })
    })
    sent.setTimeout(answerLimitMs, () => sent.destroy(new Error('There was no answer.')))
    sent.once('error', reject)
    sent.end(body)
  })
}
