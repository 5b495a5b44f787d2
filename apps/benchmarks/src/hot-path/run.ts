import type { Machine } from '../machine.ts'
import type { Options } from '../options.ts'
import { type Peer, peers } from '../peers.ts'
import { type Child, startChild } from '../processes/child.ts'
import { rotate, type Spread, spread } from '../statistics.ts'
import { checkTotals, type Totals } from './expected.ts'
import { type Operation, operations } from './workload.ts'

/** Ours in front of our provider, beside the peers; and the loop alone. */
export type Contestant = Peer | 'businessMetrics' | 'adapter' | 'nothing'

/** Nanoseconds per call. */
export type HotPathFigures = Record<Operation, Partial<Record<Contestant, Spread>>>

export interface HotPathResult {
  calls: number
  rounds: number
  /** Each process has used the measured instruments only. */
  fresh: HotPathFigures
  /** Each process has used twelve further instruments with attributes of other shapes before. */
  used: HotPathFigures
}

const contestants: Contestant[] = [...peers, 'businessMetrics', 'adapter', 'nothing']

export async function runHotPath(options: Options, machine: Machine): Promise<HotPathResult> {
  const plan = options.quick
    ? { calls: 200_000, rounds: 3, warmUps: 2 }
    : { calls: 500_000, rounds: 11, warmUps: 3 }
  return {
    ...plan,
    fresh: await measureAll('fresh', plan, options, machine),
    used: await measureAll('used', plan, options, machine),
  }
}

interface Plan {
  calls: number
  rounds: number
  warmUps: number
}

async function measureAll(
  state: 'fresh' | 'used',
  plan: Plan,
  { node }: Options,
  { pinnedCore }: Machine,
): Promise<HotPathFigures> {
  const file = new URL('./worker.mjs', import.meta.url)
  const children = new Map(
    contestants.map(name => [name, startChild({ node, file, args: [name, state], pinnedCore })] as const),
  )
  try {
    const figures = await measureRounds(children, plan)
    await checkAll(children, plan)
    return figures
  } finally {
    await Promise.all([...children.values()].map(child => child.stop()))
  }
}

/** Interleaved: in each round every contestant runs once an operation, beginning with another one each time. */
async function measureRounds(children: Map<Contestant, Child>, plan: Plan): Promise<HotPathFigures> {
  const offers = new Map<Contestant, string[]>()
  for (const [name, child] of children) offers.set(name, await child.ask('offers'))

  const samples = new Map<string, number[]>()
  for (let round = 0; round < plan.warmUps + plan.rounds; round++) {
    for (const operation of operations) {
      for (const name of rotate(contestants, round)) {
        if (!offers.get(name)!.includes(operation)) continue
        const ns = await children.get(name)!.ask<number>('measure', { operation, calls: plan.calls })
        const key = `${operation} ${name}`
        if (round >= plan.warmUps) samples.set(key, [...(samples.get(key) ?? []), ns])
      }
    }
  }
  return Object.fromEntries(
    operations.map(operation => [
      operation,
      Object.fromEntries(
        contestants.flatMap(name => {
          const own = samples.get(`${operation} ${name}`)
          return own ? [[name, spread(own)]] : []
        }),
      ),
    ]),
  ) as HotPathFigures
}

/** A benchmark whose peers lose counts measures nothing: every series, sum and bucket is compared. */
async function checkAll(children: Map<Contestant, Child>, { calls, rounds, warmUps }: Plan): Promise<void> {
  const allCalls = new Array(warmUps + rounds).fill(calls)
  for (const [name, child] of children) checkTotals(name, await child.ask<Totals>('read'), allCalls)
}
