import { afterEach, expect, test } from 'vitest'
import { type App, startApp } from '../app.ts'

let app: App
afterEach(() => app.stop())

test('tells the state of the event loop, of the heap and of the process', async () => {
  app = await startApp('plain.cjs')
  // The event loop's delay is known once it has been measured a few times, every 10 ms.
  for (let request = 0; request < 30; request++) await app.get('/200')
  const { metrics } = await app.collect()
  const units = Object.fromEntries(metrics.map(({ name, unit }) => [name, unit]))
  expect(units).toMatchObject({
    'nodejs.eventloop.delay.p99': 's',
    'nodejs.eventloop.utilization': '1',
    'nodejs.eventloop.time': 's',
    'v8js.memory.heap.used': 'By',
    'process.cpu.time': 's',
    'process.memory.usage': 'By',
    'process.uptime': 's',
  })
  expect(new Set(metrics.map(({ scope }) => scope))).toEqual(new Set(['@tutti/instrumentation']))

  const [uptime] = await app.points('process.uptime')
  expect(uptime!.value).toBeGreaterThan(0)
  expect(uptime!.value).toBeLessThan(60)
  const cpu = await app.points('process.cpu.time')
  expect(cpu.map(({ attributes }) => attributes)).toEqual([{ 'cpu.mode': 'user' }, { 'cpu.mode': 'system' }])
  const [memory] = await app.points('process.memory.usage')
  expect(memory!.value).toBeGreaterThan(10e6)
})

test('an app without databases and frameworks loads no instrumentation package', async () => {
  app = await startApp('plain.cjs')
  const { modules, warnings } = await app.collect()
  expect(modules.filter(module => module.includes('@opentelemetry/instrumentation'))).toEqual([])
  expect(modules.filter(module => /auto-instrumentations|sdk-node/.test(module))).toEqual([])
  expect(modules.filter(module => module.includes('in-the-middle'))).toEqual([])
  expect(warnings).toEqual([])
})
