import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Receiver, startReceiver } from '../signals/receiver.ts'
import { end, type TimedEnd } from './end.ts'
import { type Situation, situations } from './situations.ts'

/** What the README promises: the last push delays the end of an app by this at most. */
const LAST_PUSH_MS = 2_000

/**
 * How far a machine under load may be off; test/push/at-end.test.ts is exact. What is not bounded does not end before
 * it is killed, which is another end: see {@link json}.
 */
const SLACK_MS = 20_000

// What is waited for is time more than work.
vi.setConfig({ maxConcurrency: 4 })

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
  // An export alone would be waited for as long as this.
  OTEL_EXPORTER_OTLP_TIMEOUT: '600000',
})

interface Mode {
  flag?: '--require' | '--import'
  env(): NodeJS.ProcessEnv
  /** How long the end of one process may wait. */
  allowedMs: number
  situations: Situation[]
}

// `npm run campaign -- --only endings` runs every situation in every mode.
const isFull = process.env.TUTTI_ENDINGS === 'full'
const those = (pattern: RegExp): Situation[] =>
  isFull ? situations : situations.filter(({ name }) => pattern.test(name))

/** Each way in which an app waits for a push, once; all others end at once. */
const waiting = /nothing left|before it exits|SIGTERM, handles|handles what it rejects|drains/

/** Each kind of end, once: upstream's instrumentations are slow to load. */
const worthTracing = new RegExp(
  `${waiting.source}|calls process.exit$|when it exits|throws|^rejects|aborts|SIGINT|in its handler|told twice|` +
    'signal once|nobody else|reads|thread that throws|child that is told|workers that exit|settles|--eval',
)

const modes: Record<string, Mode> = {
  'metrics on a page': { env: () => ({}), allowedMs: 0, situations },
  'metrics on a page, by --import': {
    flag: '--import',
    env: () => ({}),
    allowedMs: 0,
    situations: those(/nothing left|throws|rejects|handles|settles|--eval/),
  },
  'metrics pushed to a receiver that hangs': {
    env: () => ({ OTEL_METRICS_EXPORTER: 'otlp', ...json(hanging.url) }),
    allowedMs: LAST_PUSH_MS,
    situations: those(waiting),
  },
  'traces to a receiver': {
    env: () => ({ OTEL_TRACES_EXPORTER: 'otlp', ...json(answering.url) }),
    allowedMs: LAST_PUSH_MS,
    situations: those(waiting),
  },
  'traces to a receiver that hangs': {
    env: () => ({ OTEL_TRACES_EXPORTER: 'otlp', ...json(hanging.url) }),
    allowedMs: LAST_PUSH_MS,
    situations: those(worthTracing),
  },
  'traces to nobody': {
    env: () => ({ OTEL_TRACES_EXPORTER: 'otlp', ...json('http://127.0.0.1:9') }),
    allowedMs: LAST_PUSH_MS,
    situations: those(waiting),
  },
}

const bareEnds = new Map<string, Promise<TimedEnd>>()

describe.concurrent.each(Object.entries(modes))(
  '%s',
  (_name, { flag = '--require', env, allowedMs, situations: table }) => {
    test.each(table)('$name: it ends as it did without the preload', async situation => {
      const bareEnd = bareEnds.get(situation.name) ?? end(situation, [], {})
      bareEnds.set(situation.name, bareEnd)
      const { durationMs: bareMs, ...bare } = await bareEnd
      const { durationMs, ...loaded } = await end(situation, [flag, '@tutti/preload'], env())
      expect(loaded).toEqual(bare)
      expect(durationMs).toBeLessThan(bareMs + allowedMs * (situation.processes ?? 1) + SLACK_MS)
    })
  },
)
