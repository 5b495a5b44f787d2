import type { LoadGenerator } from '../load/load.ts'
import type { Machine } from '../machine.ts'
import type { Options } from '../options.ts'
import { type Contestant, contestants } from '../service/contestants.ts'
import { rotate, type Spread, spread } from '../statistics.ts'
import { startBacking } from './control-plane.ts'
import { cpuSeconds } from './cpu-time.ts'
import { checkPage } from './page.ts'
import { type Subject, type Workload, workloads } from './subject.ts'

export interface ThroughputFigures {
  requestsPerSecond: Spread
  /** CPU time of all its processes for one request. */
  cpuMicros: Spread
  /** What it answered, by what the bare service answered in the same round. */
  ofBare: Spread
}

export interface ThroughputResult {
  rounds: number
  seconds: number
  connections: number
  generator: string
  workloads: { title: string; aim: number; figures: Record<Contestant, ThroughputFigures> }[]
}

interface Plan {
  rounds: number
  seconds: number
  connections: number
}

const warmUpSeconds = 4

/** One workload after the other; its three servers live at the same time and are asked by turns. */
export async function runThroughput(
  options: Options,
  machine: Machine,
  generator: LoadGenerator,
): Promise<ThroughputResult> {
  const plan = { rounds: options.quick ? 5 : 21, seconds: options.quick ? 1 : 2, connections: 32 }
  const backing = await startBacking()
  try {
    const measured: ThroughputResult['workloads'] = []
    for (const workload of workloads(backing)) {
      const figures = await measureWorkload(workload, plan, options.node, machine, generator)
      measured.push({ title: workload.title, aim: workload.aim, figures })
    }
    return { ...plan, generator: generator.name, workloads: measured }
  } finally {
    await backing.stop()
  }
}

async function measureWorkload(
  workload: Workload,
  { rounds, seconds, connections }: Plan,
  node: string,
  { pinnedCore }: Machine,
  generator: LoadGenerator,
): Promise<Record<Contestant, ThroughputFigures>> {
  const core = pinnedCore === undefined ? undefined : 0
  const subjects = new Map<Contestant, Subject>()
  const samples = new Map<Contestant, Sample[]>(contestants.map(contestant => [contestant, []]))
  const requests = new Map<Contestant, number>(contestants.map(contestant => [contestant, 0]))
  const ask = async (contestant: Contestant, forSeconds: number): Promise<Sample> => {
    const { url, pids } = subjects.get(contestant)!
    const cpuBefore = cpuSeconds(pids)
    const load = await generator.run({ url, seconds: forSeconds, connections, core })
    requests.set(contestant, requests.get(contestant)! + load.requests)
    return {
      requestsPerSecond: load.requests / load.seconds,
      cpuMicros: ((cpuSeconds(pids) - cpuBefore) / load.requests) * 1e6,
    }
  }
  try {
    for (const contestant of contestants) {
      subjects.set(contestant, await workload.start(contestant, node, pinnedCore))
      await ask(contestant, warmUpSeconds)
    }
    for (let round = 0; round < rounds; round++) {
      for (const contestant of rotate(contestants, round)) {
        samples.get(contestant)!.push(await ask(contestant, seconds))
      }
    }
    // Whoever does not count is fast.
    for (const [contestant, { pageUrl }] of subjects) {
      if (pageUrl !== undefined)
        await checkPage(`${workload.title} with ${contestant}`, pageUrl, requests.get(contestant)!)
    }
  } finally {
    for (const subject of subjects.values()) await subject.stop()
  }
  const bare = samples.get('bare')!
  return Object.fromEntries(
    contestants.map(contestant => [contestant, summarize(samples.get(contestant)!, bare)]),
  ) as Record<Contestant, ThroughputFigures>
}

interface Sample {
  requestsPerSecond: number
  cpuMicros: number
}

function summarize(samples: Sample[], bare: Sample[]): ThroughputFigures {
  return {
    requestsPerSecond: spread(samples.map(each => each.requestsPerSecond)),
    cpuMicros: spread(samples.map(each => each.cpuMicros)),
    ofBare: spread(samples.map((each, round) => each.requestsPerSecond / bare[round]!.requestsPerSecond)),
  }
}
