import { setTimeout as wait } from 'node:timers/promises'
import { startStack } from '../test/live/stack.ts'
import {
  type Pace,
  playCrashes,
  playOrdinary,
  playOutage,
  prepare,
  startTraffic,
} from '../test/live/story.ts'
import type { FilledDashboard } from './content.ts'
import { readDashboards } from './dashboards.ts'
import { fill } from './fill.ts'

/** Two seconds are a scrape interval, and forty are five minutes. */
const speed = 7.5
const scrapeSeconds = 15 / speed
const stepSeconds = 2

const pace: Pace = {
  steadyMs: 50_000,
  spikeMs: 50_000,
  errorsMs: 30_000,
  crashesMs: 40_000,
  warmMs: 10_000,
  outageMs: 35_000,
}
const calmMs = 50_000

/** Plays everything that the live test plays, slower, and asks for all panels over that time. */
export async function record(say: (line: string) => void): Promise<FilledDashboard[]> {
  const stack = await startStack(speed)
  if (stack === undefined) throw new Error('Prometheus, Alertmanager or node_exporter can not be installed.')
  try {
    const startSeconds = Math.ceil(Date.now() / 1_000)
    const jobWorker = await prepare(stack)
    say('steady, spike, errors, with a slow ci')
    await playOrdinary(stack, pace)
    say('workers are killed, one is blocked, ci is down')
    await playCrashes(stack, pace, jobWorker, async () => undefined)
    say('without database and cache')
    await playOutage(stack, pace, async () => undefined)
    say('all is well again')
    const calm = await startTraffic(stack, 'steady', 20)
    await wait(calmMs)
    const range = { startSeconds, endSeconds: Math.floor(Date.now() / 1_000), stepSeconds }
    const filled = await Promise.all(
      readDashboards().map(each => fill(each, stack.prometheus, range, scrapeSeconds)),
    )
    await calm.stop()
    return filled
  } finally {
    await stack.stop()
  }
}
