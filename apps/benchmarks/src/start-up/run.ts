import type { Options } from '../options.ts'
import { type Contestant, contestants } from '../service/contestants.ts'
import { startService } from '../service/service.ts'
import { rotate, type Spread, spread } from '../statistics.ts'

export const services = ['http', 'fastify'] as const
export type ServiceName = (typeof services)[number]

export interface StartUpFigures {
  wallMs: Spread
  cpuMs: Spread
  /** A second later, when what was put off is done too. */
  laterCpuMs: Spread
  modules: number
}

export interface StartUpResult {
  rounds: number
  figures: Record<ServiceName, Record<Contestant, StartUpFigures>>
}

/** Each round starts every service with every preload once, beginning with another one each time. */
export async function runStartUp({ node, quick }: Options, core: number | undefined): Promise<StartUpResult> {
  const rounds = quick ? 5 : 21
  const samples = new Map<string, Sample[]>()
  // The first round fills the page cache, and is not counted.
  for (let round = -1; round < rounds; round++) {
    for (const name of services) {
      for (const contestant of rotate(contestants, Math.max(round, 0))) {
        const sample = await startOnce({ node, name, contestant, core })
        const key = `${name} ${contestant}`
        if (round >= 0) samples.set(key, [...(samples.get(key) ?? []), sample])
      }
    }
  }
  const figures = (name: ServiceName, contestant: Contestant) =>
    summarize(samples.get(`${name} ${contestant}`)!)
  const byContestant = (name: ServiceName) =>
    Object.fromEntries(contestants.map(contestant => [contestant, figures(name, contestant)]))
  return {
    rounds,
    figures: Object.fromEntries(services.map(name => [name, byContestant(name)])) as StartUpResult['figures'],
  }
}

interface Sample {
  wallMs: number
  cpuMs: number
  laterCpuMs: number
  modules: number
}

async function startOnce(options: Parameters<typeof startService>[0]): Promise<Sample> {
  const service = await startService(options)
  try {
    const later = await service.later()
    const { cpuMs, modules } = service.atListening
    return { wallMs: service.wallMs, cpuMs, laterCpuMs: later.cpuMs, modules }
  } finally {
    await service.stop()
  }
}

function summarize(samples: Sample[]): StartUpFigures {
  return {
    wallMs: spread(samples.map(({ wallMs }) => wallMs)),
    cpuMs: spread(samples.map(({ cpuMs }) => cpuMs)),
    laterCpuMs: spread(samples.map(({ laterCpuMs }) => laterCpuMs)),
    modules: samples[0]!.modules,
  }
}
