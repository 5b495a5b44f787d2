import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { ask as askApi } from '../../../../apps/control-plane/test/ask.ts'
import type { Stack } from './stack.ts'

/** What the generator says it did. */
export interface Totals {
  sent: number
  answered: number
  answeredByStatus: Record<string, number>
  disturbances: Record<string, number>
}

/** How long each part of the story lasts. */
export interface Pace {
  steadyMs: number
  spikeMs: number
  errorsMs: number
  crashesMs: number
  warmMs: number
  outageMs: number
}

/** Where ten seconds of a rule are five minutes it lasts a minute. */
export function paceAt(speed: number): Pace {
  const slower = 30 / speed
  return {
    ...{ steadyMs: 9_000 * slower, spikeMs: 6_000 * slower, errorsMs: 6_000 * slower },
    ...{ crashesMs: 13_500 * slower, warmMs: 4_000, outageMs: 13_000 * slower },
  }
}

/** Two job workers, and a feed that they poll. Gives back the one that is blocked later. */
export async function prepare({ backend }: Stack): Promise<ChildProcess> {
  await backend.start('job-worker')
  const second = await backend.start('job-worker')
  await backend.outside.addToFeed('news', [{ id: '1', title: 'One', url: 'https://example.com/1' }])
  const feed = { name: 'news', url: `${backend.outside.url}/feeds/news`, intervalMs: 200 }
  const { status } = await askApi(backend.url, '/feeds', feed)
  if (status !== 201) throw new Error(`The feed was not made: ${status}`)
  return second.process
}

/** The scenarios in which every request has an answer: ci is slow meanwhile, and nobody but job workers asks it. */
export async function playOrdinary(stack: Stack, pace: Pace): Promise<Totals> {
  const slow = await startTraffic(stack, 'slow-connector', 20)
  const steady = await startTraffic(stack, 'steady', 20)
  await wait(pace.steadyMs)
  const totals = [await steady.stop()]
  const spike = await startTraffic(stack, 'spike', 12)
  await wait(pace.spikeMs)
  totals.push(await spike.stop())
  const errors = await startTraffic(stack, 'errors', 25)
  await wait(pace.errorsMs)
  totals.push(await errors.stop(), await slow.stop())
  await stack.backend.outside.heal()
  return added(totals)
}

/** Workers are killed again and again, one is blocked, and what is outside is down or answers with errors, until `holds` does. */
export async function playCrashes(
  stack: Stack,
  pace: Pace,
  blocked: ChildProcess,
  holds: () => Promise<void>,
): Promise<Totals> {
  const { outside } = stack.backend
  await outside.fault('ci', { down: true })
  await outside.fault('feeds', { errorRate: 1 })
  await outside.fault('pages', { errorRate: 1 })
  blocked.kill('SIGSTOP')
  try {
    const first = await startTraffic(stack, 'worker-crash', 15)
    // Each kills one every five seconds, and never the same one.
    await wait(2_000)
    const second = await startTraffic(stack, 'worker-crash', 15)
    await wait(pace.crashesMs - 2_000)
    await holds()
    return added([await first.stop(), await second.stop()])
  } finally {
    blocked.kill('SIGCONT')
  }
}

/** The database and the cache are away, until `holds` does. */
export async function playOutage(stack: Stack, pace: Pace, holds: () => Promise<void>): Promise<Totals> {
  const { postgres, redis, outside } = stack.backend
  const traffic = await startTraffic(stack, 'steady', 30)
  // Without a database a worker lets in only whom it has seen; to others it says 503 before it asks the cache.
  await wait(pace.warmMs)
  await redis.off()
  await postgres.off()
  try {
    await wait(pace.outageMs)
    await holds()
  } finally {
    await postgres.on()
    await redis.on()
    await outside.heal()
  }
  return traffic.stop()
}

export interface Traffic {
  stop(): Promise<Totals>
}

export async function startTraffic(
  { backend }: Stack,
  scenario: string,
  perSecond: number,
): Promise<Traffic> {
  const traffic = await backend.start('traffic', {
    CONTROL_PLANE_TRAFFIC_SCENARIO: scenario,
    CONTROL_PLANE_TRAFFIC_RATE: `${perSecond}`,
  })
  const told = traffic.message('traffic')
  return {
    stop: async () => {
      traffic.process.kill('SIGUSR2')
      return (await told).traffic as Totals
    },
  }
}

function added(all: Totals[]): Totals {
  const counts = (key: 'answeredByStatus' | 'disturbances') => {
    const sums: Record<string, number> = {}
    for (const totals of all)
      for (const [name, count] of Object.entries(totals[key])) sums[name] = (sums[name] ?? 0) + count
    return sums
  }
  return {
    sent: all.reduce((sum, { sent }) => sum + sent, 0),
    answered: all.reduce((sum, { answered }) => sum + answered, 0),
    answeredByStatus: counts('answeredByStatus'),
    disturbances: counts('disturbances'),
  }
}
