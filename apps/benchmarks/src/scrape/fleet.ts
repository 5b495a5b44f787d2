import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { answerQuestions } from '../processes/answer.ts'
import { loadPromClient } from '../prom-client-api.ts'
import type { FleetSize } from './series.ts'

/** A peer's processes and its endpoint, seen from their first process. */
export interface Fleet {
  url: string
  /** Resolves when every member has recorded that round. */
  record(round: number): Promise<void>
  /** Kills every member and starts as many anew; offered where what the dead have counted stays. */
  renew?(): Promise<void>
  stop(): Promise<void>
}

export interface LoopUse {
  busyMs: number
  longestBlockMs: number
  p99Ms: number
}

/** The first process of a peer's fleet: `node fleet.mjs <peer> <members> <series>`. It starts the members and owns the endpoint. */
const starts: Record<string, (size: FleetSize) => Promise<Fleet>> = {
  tutti: async size => (await import('./tutti.ts')).startTuttiFleet(size),
  'prom-client': size => startPromClientFleet('prom-client', size),
  'prometheus-io': size => startPromClientFleet('prometheus-io', size),
}

async function startPromClientFleet(peer: 'prom-client' | 'prometheus-io', size: FleetSize): Promise<Fleet> {
  const client = await loadPromClient[peer]()
  return (await import('./prom-client.ts')).startPromClientFleet(peer, client, size)
}

const [peer, members, series] = process.argv.slice(2)
const fleet = await starts[peer]({ members: Number(members), series: Number(series) })
const delay = monitorEventLoopDelay({ resolution: 1 })
let before = performance.eventLoopUtilization()

answerQuestions(
  {
    url: () => fleet.url,
    record: (round: number) => fleet.record(round),
    renew: () => fleet.renew!(),
    /** Resident memory of the first process, the thread or registry that answers scrapes included. */
    residentBytes: () => process.memoryUsage.rss(),
    watchLoop() {
      before = performance.eventLoopUtilization()
      delay.reset()
      delay.enable()
    },
    /** Of the first process' event loop since `watchLoop`: an app's requests wait for as long as it is taken. */
    loopUse(): LoopUse {
      delay.disable()
      const { active: busyMs } = performance.eventLoopUtilization(before)
      return { busyMs, longestBlockMs: delay.max / 1e6, p99Ms: delay.percentile(99) / 1e6 }
    },
  },
  () => fleet.stop(),
)
