import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { type Running, run, start } from '../process.ts'
import { type Receiver, startReceiver } from '../signals/receiver.ts'

let receiver: Receiver | undefined
let app: Running | undefined
afterEach(async () => {
  await app?.stop()
  await receiver?.close()
  receiver = undefined
})

const traces = (url: string): NodeJS.ProcessEnv => ({
  OTEL_TRACES_EXPORTER: 'otlp',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
  // Longer than the test: what arrives was pushed at the end.
  OTEL_BSP_SCHEDULE_DELAY: '60000',
})

test.each([
  { way: 'dies', ending: [null, 'SIGTERM'], names: ['early'] },
  { way: 'exits', ending: [0, null], names: ['early', 'late'] },
  { way: 'finishes', ending: [0, null], names: ['early'] },
])('when an app $way at SIGTERM, its last spans have arrived', async ({ way, ending, names }) => {
  receiver = await startReceiver()
  app = start(['--require', '@tutti/preload', 'apps/spans.cjs', way], traces(receiver.url))
  await app.says('stdout', /ready/)
  const ended = once(app.process, 'exit')
  app.process.kill('SIGTERM')
  expect(await ended).toEqual(ending)
  expect(receiver.spans.map(({ name }) => name)).toEqual(names)
})

test('a second signal is not kept waiting', async () => {
  receiver = await startReceiver({ hangs: true })
  app = start(['--require', '@tutti/preload', 'apps/spans.cjs', 'dies'], traces(receiver.url))
  await app.says('stdout', /ready/)
  const ended = once(app.process, 'exit')
  app.process.kill('SIGTERM')
  // It waits for the receiver, which has the spans and says nothing.
  await expect.poll(() => receiver?.spans.length, { timeout: 1_800, interval: 20 }).toBe(1)
  expect(app.process.signalCode).toBe(null)
  app.process.kill('SIGTERM')
  expect(await ended).toEqual([null, 'SIGTERM'])
})

test('a receiver that says nothing is waited for two seconds', { timeout: 120_000 }, async () => {
  const waitedMs: number[] = []
  // Another program on the machine makes an app end later, but not every time.
  while (waitedMs.length < 5 && !waitedMs.some(ms => ms < 2_500)) {
    receiver = await startReceiver({ hangs: true })
    const env = { ...traces(receiver.url), OTEL_EXPORTER_OTLP_TIMEOUT: '600000' }
    app = start(['--require', '@tutti/preload', 'apps/spans.cjs', 'dies'], env)
    await app.says('stdout', /ready/)
    const begin = performance.now()
    const ended = once(app.process, 'exit')
    app.process.kill('SIGTERM')
    expect(await ended).toEqual([null, 'SIGTERM'])
    waitedMs.push(performance.now() - begin)
    expect(receiver.spans).toHaveLength(1)
    await receiver.close()
  }
  expect(Math.min(...waitedMs)).toBeGreaterThan(1_900)
  expect(Math.min(...waitedMs)).toBeLessThan(2_500)
})

test('a receiver that is not there is one line', async () => {
  const script = `
    const tracer = require('@opentelemetry/api').trace.getTracer('app')
    const work = setInterval(() => tracer.startSpan('work').end(), 20)
    setTimeout(() => clearInterval(work), 2500)`
  const env = {
    ...traces('http://127.0.0.1:9'),
    OTEL_EXPORTER_OTLP_TIMEOUT: '300',
    OTEL_BSP_SCHEDULE_DELAY: '100',
  }
  const ended = await run(['--require', '@tutti/preload', '-e', script], env)
  expect(ended.code).toBe(0)
  expect(ended.stderr.split('\n').filter(line => line.includes('not be sent'))).toEqual([
    'tutti: traces or logs could not be sent (connect ECONNREFUSED 127.0.0.1:9); they are dropped and the app runs on. ' +
      'Set OTEL_EXPORTER_OTLP_ENDPOINT to where they are received.',
  ])
})

test('what the SDK can not make sense of is one line, and the app runs', async () => {
  receiver = await startReceiver()
  const ended = await run(['--require', '@tutti/preload', '-e', 'console.log("ran")'], {
    ...traces(receiver.url),
    OTEL_TRACES_SAMPLER: 'sometimes',
  })
  expect(ended).toMatchObject({ code: 0, stdout: 'ran\n' })
  expect(ended.stderr.split('\n').filter(line => line.includes('sometimes'))).toHaveLength(1)
})
