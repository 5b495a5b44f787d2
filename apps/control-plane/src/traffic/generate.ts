import { Agent } from 'node:http'
import { pause } from '../process/pause.ts'
import { endlessMix, type PlannedRequest } from './mix.ts'
import { sendRequest } from './send.ts'
import { addAnswer, addSent, emptyTotals, type Totals } from './totals.ts'

export interface TrafficOptions {
  url: string
  token: string | undefined
  requestsPerSecond: number
  /** Stops by itself after so many. */
  requestLimit: number
  say: (line: string) => void
}

const sayEveryMs = 10_000

/** Sends a steady mix of requests until the limit or the signal; resolves when each one is answered or lost. */
export async function generateTraffic(options: TrafficOptions, stop: AbortSignal): Promise<Totals> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  const target = { url: options.url, token: options.token, agent }
  const totals = emptyTotals()
  const knownIds: string[] = []
  const underway = new Set<Promise<void>>()
  const send = async (request: PlannedRequest): Promise<void> => {
    addSent(totals, request.route)
    const answer = await sendRequest(request, target).catch(() => undefined)
    if (!answer) return
    addAnswer(totals, answer.status)
    if (answer.createdId) remember(knownIds, answer.createdId)
  }

  let saidAtMs = Date.now()
  for (const request of endlessMix(knownIds)) {
    if (stop.aborted || totals.sent >= options.requestLimit) break
    const sending = send(request)
    underway.add(sending)
    void sending.then(() => underway.delete(sending))
    if (Date.now() - saidAtMs >= sayEveryMs) {
      saidAtMs = Date.now()
      options.say(`${totals.sent} requests sent, ${totals.answered} answered so far`)
    }
    await pause(1_000 / options.requestsPerSecond, stop)
  }
  await Promise.all(underway)
  agent.destroy()
  return totals
}

const knownIdsLimit = 100

function remember(knownIds: string[], id: string): void {
  knownIds.push(id)
  if (knownIds.length > knownIdsLimit) knownIds.shift()
}
