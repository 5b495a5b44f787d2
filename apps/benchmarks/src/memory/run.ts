import { setTimeout } from 'node:timers/promises'
import type { LoadGenerator } from '../load/load.ts'
import type { Machine } from '../machine.ts'
import type { Options } from '../options.ts'
import { type Contestant, contestants } from '../service/contestants.ts'
import type { Memory } from '../service/memory-of.ts'
import { type Service, startService } from '../service/service.ts'
import { rotate, type Spread, spread } from '../statistics.ts'

export const memoryServices = ['http', 'fastify', 'cluster'] as const
export type MemoryService = (typeof memoryServices)[number]

/** When its memory is looked at. */
export const moments = ['rest', 'scraped', 'loaded'] as const
export type Moment = (typeof moments)[number]

export type MemoryFigures = Record<Moment, { resident: Spread; proportional: Spread }>

export interface MemoryResult {
  rounds: number
  loadSeconds: number
  connections: number
  generator: string
  figures: Record<MemoryService, Record<Contestant, MemoryFigures>>
}

const connections = 32
const pauseMs = 2_000
const scrapes = 3

/** Every service is started anew in each round, because a heap depends on its past. */
export async function runMemory(
  { node, quick }: Options,
  { pinnedCore }: Machine,
  generator: LoadGenerator,
): Promise<MemoryResult> {
  const rounds = quick ? 1 : 3
  const loadSeconds = quick ? 2 : 4
  const samples = new Map<string, Sample[]>()
  for (let round = 0; round < rounds; round++) {
    for (const name of memoryServices) {
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
  const ofService = (name: MemoryService) =>
    fromNames(contestants, contestant => summarize(samples.get(`${name} ${contestant}`)!))
  const figures = fromNames(memoryServices, ofService)
  return { rounds, loadSeconds, connections, generator: generator.name, figures }
}

type Sample = Record<Moment, Memory>

/** A page is read before each look: who serves one is there to be scraped. */
async function measure(
  service: Service,
  generator: LoadGenerator,
  seconds: number,
  pinnedCore: number | undefined,
): Promise<Sample> {
  const readPage = async (): Promise<void> => {
    if (service.pageUrl !== undefined) await (await fetch(service.pageUrl)).arrayBuffer()
  }
  const settle = async (): Promise<Memory> => {
    await setTimeout(pauseMs)
    await readPage()
    return service.memory()
  }
  const rest = await settle()
  for (let scrape = 0; scrape < scrapes; scrape++) {
    await setTimeout(1_000)
    await readPage()
  }
  const scraped = service.memory()
  const core = pinnedCore === undefined ? undefined : 0
  await generator.run({ url: service.url, seconds, connections, headers: {}, core })
  return { rest, scraped, loaded: await settle() }
}

function summarize(samples: readonly Sample[]): MemoryFigures {
  return fromNames(moments, moment => ({
    resident: spread(samples.map(sample => sample[moment].residentBytes)),
    proportional: spread(samples.map(sample => sample[moment].proportionalBytes)),
  }))
}

function fromNames<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map(name => [name, make(name)])) as Record<Name, Value>
}
