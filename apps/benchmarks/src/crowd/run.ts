import type { Operation } from '../hot-path/workload.ts'
import type { Options } from '../options.ts'
import type { Peer } from '../peers.ts'
import { type Child, startChild } from '../processes/child.ts'
import { type Spread, spread } from '../statistics.ts'

export const crowds = [1, 2, 8, 64] as const
export const crowdPeers: Peer[] = ['tutti', 'prom-client']
export const crowdOperations: Operation[] = ['counter', 'histogram', 'boundCounter']

export interface CrowdResult {
  calls: number
  rounds: number
  /** Nanoseconds of CPU time a call, by peer, operation and number of processes. */
  figures: Partial<Record<Peer, Record<string, Record<number, Spread>>>>
}

/** One measurement while other processes of the same service measure, too: into one directory, where there is one. */
export async function runCrowd({ node, quick }: Options): Promise<CrowdResult> {
  const plan = { calls: quick ? 50_000 : 200_000, rounds: quick ? 2 : 5 }
  const figures: CrowdResult['figures'] = {}
  for (const peer of crowdPeers) {
    const byOperation: Record<string, Record<number, Spread>> = {}
    figures[peer] = byOperation
    for (const size of crowds) {
      const measured = await measureCrowd(node, peer, size, plan)
      for (const [operation, figure] of Object.entries(measured))
        byOperation[operation] = { ...byOperation[operation], [size]: figure }
    }
  }
  return { ...plan, figures }
}

async function measureCrowd(
  node: string,
  peer: Peer,
  size: number,
  { calls, rounds }: { calls: number; rounds: number },
): Promise<Record<string, Spread>> {
  const file = new URL('../hot-path/worker.mjs', import.meta.url)
  const first = startChild({ node, file, args: [peer, 'fresh'] })
  const directory = await first.ask<string | undefined>('directory')
  const others = Array.from({ length: size - 1 }, () =>
    startChild({ node, file, args: [peer, 'fresh', directory ?? ''] }),
  )
  const children: Child[] = [first, ...others]
  try {
    await Promise.all(children.map(child => child.ask('offers')))
    const figures: Record<string, Spread> = {}
    for (const operation of crowdOperations) {
      const samples: number[] = []
      for (let round = 0; round <= rounds; round++) {
        const all = await Promise.all(
          children.map(child => child.ask<number>('measureCpu', { operation, calls })),
        )
        // The first round warms up.
        if (round > 0) samples.push(all.reduce((sum, each) => sum + each, 0) / all.length)
      }
      figures[operation] = spread(samples)
    }
    return figures
  } finally {
    await Promise.all(children.map(child => child.stop()))
  }
}
