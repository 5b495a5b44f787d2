import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Receiver, startReceiver } from '../signals/receiver.ts'
import { end, type TimedEnd } from './end.ts'
import { type Situation, situations } from './situations.ts'

/** What the README promises: the last push delays the end of an app by this at most. */
const LAST_PUSH_MS = 2_000

/** How far a machine under load may be off. An export alone would be waited for ten seconds. */
const SLACK_MS = 5_000

let hanging: Receiver
let answering: Receiver
beforeAll(async () => {
  hanging = await startReceiver({ hangs: true })
  answering = await startReceiver()
})
afterAll(async () => {
  await hanging.close()
  await answering.close()
})

const json = (url: string): NodeJS.ProcessEnv => ({
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
})

interface Mode {
  flag?: '--require' | '--import'
  env(): NodeJS.ProcessEnv
  /** How long the end of one process may wait. */
  allowedMs: number
  situations: Situation[]
}

/** Those that wait for a push; all others end at once. */
const waiting = situations.filter(({ name }) => /nothing left|before it exits|handles|drains/.test(name))

const modes: Record<string, Mode> = {
  'metrics on a page': { env: () => ({}), allowedMs: 0, situations },
  'metrics on a page, by --import': {
    flag: '--import',
    env: () => ({}),
    allowedMs: 0,
    situations: situations.filter(({ name }) =>
      /nothing left|throws|rejects|handles|settles|--eval/.test(name),
    ),
  },
  'metrics pushed to a receiver that hangs': {
    env: () => ({ OTEL_METRICS_EXPORTER: 'otlp', ...json(hanging.url) }),
    allowedMs: LAST_PUSH_MS,
    situations: waiting,
  },
  'traces to a receiver': {
    env: () => ({ OTEL_TRACES_EXPORTER: 'otlp', ...json(answering.url) }),
    allowedMs: LAST_PUSH_MS,
    situations: waiting,
  },
  'traces to a receiver that hangs': {
    env: () => ({ OTEL_TRACES_EXPORTER: 'otlp', ...json(hanging.url) }),
    allowedMs: LAST_PUSH_MS,
    situations,
  },
  'traces to nobody': {
    env: () => ({ OTEL_TRACES_EXPORTER: 'otlp', ...json('http://127.0.0.1:9') }),
    allowedMs: LAST_PUSH_MS,
    situations: waiting,
  },
}

const bareEnds = new Map<string, Promise<TimedEnd>>()

describe.each(Object.entries(modes))(
  '%s',
  (_name, { flag = '--require', env, allowedMs, situations: table }) => {
    test.concurrent.each(table)('$name: it ends as it did without the preload', async situation => {
      const bareEnd = bareEnds.get(situation.name) ?? end(situation, [], {})
      bareEnds.set(situation.name, bareEnd)
      const { durationMs: bareMs, ...bare } = await bareEnd
      const { durationMs, ...loaded } = await end(situation, [flag, '@tutti/preload'], env())
      expect(loaded).toEqual(bare)
      expect(durationMs).toBeLessThan(bareMs + allowedMs * (situation.processes ?? 1) + SLACK_MS)
    })
  },
)
