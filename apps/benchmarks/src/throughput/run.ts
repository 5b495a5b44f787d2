import type { LoadGenerator } from '../load/load.ts'
import type { Machine } from '../machine.ts'
import type { Options } from '../options.ts'
import { type Contestant, contestants } from '../service/contestants.ts'
import { type Spread, spread, turns } from '../statistics.ts'
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
  /** The CPU time of a request to the bare service, by that of one to it, in the same round. */
  cpuOfBare: Spread
  /** The same of the least that either took in any round, which other work on the machine can only add to. */
  leastCpuOfBare: number
}

export interface ThroughputResult extends Plan {
  generator: string
  workloads: { title: string; aim: number; figures: Record<Contestant, ThroughputFigures> }[]
}

interface Plan {
  /** How often each server is started: one process is up to 3 % faster than another of the same code. */
  generations: number
  /** Turns of each server in its life. */
  rounds: number
  seconds: number
  connections: number
}

const warmUpSeconds = 2

/** One workload after the other; its three servers live at the same time and are asked by turns. */
export async function runThroughput(
  options: Options,
  machine: Machine,
  generator: LoadGenerator,
): Promise<ThroughputResult> {
  const plan = options.quick
    ? { generations: 1, rounds: 4, seconds: 1, connections: 32 }
    : { generations: 8, rounds: 4, seconds: 1, connections: 32 }
  const backing = await startBacking()
  try {
    const measured: ThroughputResult['workloads'] = []
    for (const workload of workloads(backing)) {
      const samples: Sample[] = []
      for (let generation = 0; generation < plan.generations; generation++) {
        samples.push(...(await measureGeneration(workload, plan, options.node, machine, generator)))
      }
      measured.push({ title: workload.title, aim: workload.aim, figures: summarize(samples) })
    }
    return { ...plan, generator: generator.name, workloads: measured }
  } finally {
    await backing.stop()
  }
}

/** What the three of them did in one round. */
type Sample = Record<Contestant, { requestsPerSecond: number; cpuMicros: number }>

async function measureGeneration(
  workload: Workload,
  { rounds, seconds, connections }: Plan,
  node: string,
  { pinnedCore }: Machine,
  generator: LoadGenerator,
): Promise<Sample[]> {
  const core = pinnedCore === undefined ? undefined : 0
  const subjects = new Map<Contestant, Subject>()
  const requests = new Map<Contestant, number>()
  const ask = async (contestant: Contestant, forSeconds: number): Promise<Sample[Contestant]> => {
    const { url, headers, pids } = subjects.get(contestant)!
    const cpuBefore = cpuSeconds(pids)
    const load = await generator.run({ url, seconds: forSeconds, connections, headers, core })
    requests.set(contestant, (requests.get(contestant) ?? 0) + load.requests)
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
    const samples: Sample[] = []
    for (let round = 0; round < rounds; round++) {
      const sample: Partial<Sample> = {}
      for (const contestant of turns(contestants, round)) sample[contestant] = await ask(contestant, seconds)
      samples.push(sample as Sample)
    }
    // Whoever does not count is fast.
    for (const [contestant, { pageUrl }] of subjects) {
      const what = `${workload.title} with ${contestant}`
      if (pageUrl !== undefined) await checkPage(what, pageUrl, requests.get(contestant)!)
    }
    return samples
  } finally {
    for (const subject of subjects.values()) await subject.stop()
  }
}

function summarize(samples: Sample[]): Record<Contestant, ThroughputFigures> {
  const leastCpu = (contestant: Contestant): number =>
    Math.min(...samples.map(sample => sample[contestant].cpuMicros))
  const figures = (contestant: Contestant): ThroughputFigures => ({
    requestsPerSecond: spread(samples.map(sample => sample[contestant].requestsPerSecond)),
    cpuMicros: spread(samples.map(sample => sample[contestant].cpuMicros)),
    ofBare: spread(
      samples.map(sample => sample[contestant].requestsPerSecond / sample.bare.requestsPerSecond),
    ),
    cpuOfBare: spread(samples.map(sample => sample.bare.cpuMicros / sample[contestant].cpuMicros)),
    leastCpuOfBare: leastCpu('bare') / leastCpu(contestant),
  })
  return Object.fromEntries(contestants.map(contestant => [contestant, figures(contestant)])) as Record<
    Contestant,
    ThroughputFigures
  >
}
