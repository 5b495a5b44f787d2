import { setTimeout } from 'node:timers/promises'
import type { LoadGenerator } from '../load/load.ts'
import type { Machine } from '../machine.ts'
import type { Options } from '../options.ts'
import { type Contestant, contestants } from '../service/contestants.ts'
import { type Service, startService } from '../service/service.ts'
import { type ServiceName, services } from '../start-up/run.ts'
import { rotate, type Spread, spread } from '../statistics.ts'

export interface MemoryFigures {
  startBytes: Spread
  loadedBytes: Spread
}

export interface MemoryResult {
  rounds: number
  loadSeconds: number
  connections: number
  generator: string
  figures: Record<ServiceName, Record<Contestant, MemoryFigures>>
}

const connections = 32
const pauseMs = 2_000

/** Every service is started anew in each round, because a heap depends on its past. */
export async function runMemory(
  { node, quick }: Options,
  { pinnedCore }: Machine,
  generator: LoadGenerator,
): Promise<MemoryResult> {
  const rounds = quick ? 2 : 7
  const loadSeconds = quick ? 2 : 5
  const samples = new Map<string, Sample[]>()
  for (let round = 0; round < rounds; round++) {
    for (const name of services) {
      for (const contestant of rotate(contestants, round)) {
        const service = await startService({ node, name, contestant, core: pinnedCore })
        try {
          const sample = await measure(service, generator, loadSeconds, pinnedCore)
          const key = `${name} ${contestant}`
          samples.set(key, [...(samples.get(key) ?? []), sample])
        } finally {
          await service.stop()
        }
      }
    }
  }
  const figures = (name: ServiceName, contestant: Contestant): MemoryFigures => {
    const own = samples.get(`${name} ${contestant}`)!
    return {
      startBytes: spread(own.map(({ startBytes }) => startBytes)),
      loadedBytes: spread(own.map(({ loadedBytes }) => loadedBytes)),
    }
  }
  const byContestant = (name: ServiceName) =>
    Object.fromEntries(contestants.map(contestant => [contestant, figures(name, contestant)]))
  return {
    rounds,
    loadSeconds,
    connections,
    generator: generator.name,
    figures: Object.fromEntries(services.map(name => [name, byContestant(name)])) as MemoryResult['figures'],
  }
}

interface Sample {
  startBytes: number
  loadedBytes: number
}

/** A page is read before each look: who serves one is there to be scraped. */
async function measure(
  service: Service,
  generator: LoadGenerator,
  seconds: number,
  pinnedCore: number | undefined,
): Promise<Sample> {
  const settle = async (): Promise<number> => {
    await setTimeout(pauseMs)
    if (service.pageUrl !== undefined) await (await fetch(service.pageUrl)).arrayBuffer()
    return service.residentBytes()
  }
  const startBytes = await settle()
  const core = pinnedCore === undefined ? undefined : 0
  await generator.run({ url: service.url, seconds, connections, headers: {}, core })
  return { startBytes, loadedBytes: await settle() }
}
