import { Agent } from 'node:http'
import { pause } from '../process/pause.ts'
import type { PlannedRequest } from './plans.ts'
import type { Scenario } from './scenarios.ts'
import { sendRequest, type Target } from './send.ts'
import { addAnswer, addDisturbance, addSent, emptyTotals, type Totals } from './totals.ts'

export interface TrafficOptions {
  url: string
  token: string | undefined
  outsideUrl: string | undefined
  scenario: Scenario
  requestsPerSecond: number
  /** Stops by itself after so many. */
  requestLimit: number
  say: (line: string) => void
}

const sayEveryMs = 10_000

/** Plays the scenario until the limit or the signal; resolves when each request is answered or lost. */
export async function generateTraffic(options: TrafficOptions, stop: AbortSignal): Promise<Totals> {
  const { scenario, outsideUrl } = options
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const target: Target = { url: options.url, token: options.token, outsideUrl, agent }
  const totals = emptyTotals()
  const ids: string[] = []
  const underway = new Set<Promise<void>>()
  const ended = new AbortController()
  const disturbing = scenario.disturbances.map(each =>
    disturb(each, target, totals, options.say, ended.signal),
  )

  const startedAtMs = Date.now()
  let saidAtMs = startedAtMs
  for (let turn = 0; !stop.aborted && totals.sent < options.requestLimit; turn++) {
    const request = scenario.round[turn % scenario.round.length]!({ ids, outsideUrl })
    const sending = send(request)
    underway.add(sending)
    void sending.then(() => underway.delete(sending))
    if (Date.now() - saidAtMs >= sayEveryMs) {
      saidAtMs = Date.now()
      options.say(`${totals.sent} requests sent, ${totals.answered} answered so far`)
    }
    await pause(1_000 / (options.requestsPerSecond * scenario.surge(Date.now() - startedAtMs)), stop)
  }
  ended.abort()
  await Promise.all([...underway, ...disturbing])
  agent.destroy()
  return totals

  async function send(request: PlannedRequest): Promise<void> {
    addSent(totals, request.route)
    const answer = await sendRequest(request, target).catch(() => undefined)
    if (!answer) return
    addAnswer(totals, answer.status)
    if (answer.createdId && request.path === '/deployments') remember(ids, answer.createdId)
  }
}

async function disturb(
  { everyMs, disturb }: Scenario['disturbances'][number],
  target: Target,
  totals: Totals,
  say: (line: string) => void,
  ended: AbortSignal,
): Promise<void> {
  for (;;) {
    await pause(everyMs, ended)
    if (ended.aborted) return
    try {
      addDisturbance(totals, await disturb(target))
    } catch (error) {
      say(`A disturbance failed: ${error instanceof Error ? error.message : error}`)
    }
  }
}

const knownIdsLimit = 100

function remember(ids: string[], id: string): void {
  ids.push(id)
  if (ids.length > knownIdsLimit) ids.shift()
}
