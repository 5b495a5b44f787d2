import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { type App, startApp } from '../app.ts'

const unitsOfRuntime = {
  ...Object.fromEntries(
    ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'].map(each => [
      `nodejs.eventloop.delay.${each}`,
      's',
    ]),
  ),
  'nodejs.eventloop.time': 's',
  'nodejs.eventloop.utilization': '1',
  'process.context_switches': '{context_switch}',
  'process.cpu.time': 's',
  'process.cpu.utilization': '1',
  'process.memory.usage': 'By',
  'process.paging.faults': '{fault}',
  'process.start_time': 's',
  'process.thread.count': '{thread}',
  'process.unix.file_descriptor.count': '{file_descriptor}',
  'process.unix.file_descriptor.limit': '{file_descriptor}',
  'process.uptime': 's',
  'v8js.memory.external': 'By',
  'v8js.memory.heap.size_limit': 'By',
  'v8js.memory.heap.space.available_size': 'By',
  'v8js.memory.heap.space.physical_size': 'By',
  'v8js.memory.heap.space.size': 'By',
  'v8js.memory.heap.used': 'By',
  'v8js.resource.active': '{resource}',
}

let app: App
afterEach(() => app.stop())

test('tells the state of the event loop, of the heap and of the process', async () => {
  app = await startApp('plain.cjs')
  // The event loop's delay is known once it has been measured a few times, every 10 ms.
  for (let request = 0; request < 30; request++) await app.get('/200')
  const { metrics } = await app.collect()
  const units = Object.fromEntries(metrics.map(({ name, unit }) => [name, unit]))
  expect(units).toMatchObject(unitsOfRuntime)
  expect(new Set(metrics.map(({ scope }) => scope))).toEqual(new Set(['@tutti/instrumentation']))

  const [uptime] = await app.points('process.uptime')
  expect(uptime!.value).toBeGreaterThan(0)
  expect(uptime!.value).toBeLessThan(60)
  const cpu = await app.points('process.cpu.time')
  expect(cpu.map(({ attributes }) => attributes)).toEqual([{ 'cpu.mode': 'user' }, { 'cpu.mode': 'system' }])
  const [memory] = await app.points('process.memory.usage')
  expect(memory!.value).toBeGreaterThan(10e6)
})

test('counts what keeps the app alive by kind, and its descriptors beside their limit', async () => {
  app = await startApp('plain.cjs')
  const open = async (): Promise<number> => (await app.points('process.unix.file_descriptor.count'))[0]!.value
  const before = await open()
  const hang = (): Promise<Response> => fetch(`http://127.0.0.1:${app.ready.port}/hang`)
  // They fail when the app is stopped.
  const hanging = Promise.allSettled(Array.from({ length: 20 }, hang))
  await expect.poll(open).toBe(before + 20)
  const resources = await app.points('v8js.resource.active')
  expect(
    Object.fromEntries(resources.map(point => [point.attributes['v8js.resource.type'], point.value])),
  ).toMatchObject({
    TCPServerWrap: 1,
    TCPSocketWrap: 20,
  })
  const [limit] = await app.points('process.unix.file_descriptor.limit')
  expect(limit!.value).toBe(Number(execFileSync('sh', ['-c', 'ulimit -Sn'], { encoding: 'utf8' })))
  const [threads] = await app.points('process.thread.count')
  expect(threads!.value).toBe(readdirSync(`/proc/${app.process.pid}/task`).length)
  await app.stop()
  await hanging
})

test('says when the process started and how much of the machine it takes', async () => {
  const beforeS = Date.now() / 1e3
  app = await startApp('plain.cjs')
  const [start] = await app.points('process.start_time')
  expect(start!.value).toBeGreaterThan(beforeS - 1)
  expect(start!.value).toBeLessThan(Date.now() / 1e3)
  const use = await app.points('process.cpu.utilization')
  expect(use.map(({ attributes }) => attributes)).toEqual([{ 'cpu.mode': 'user' }, { 'cpu.mode': 'system' }])
  for (const { value } of use) expect(value).toBeGreaterThanOrEqual(0)
  expect(use[0]!.value + use[1]!.value).toBeLessThanOrEqual(1)
})

test('an app without databases and frameworks loads no instrumentation package', async () => {
  app = await startApp('plain.cjs')
  const { modules, warnings } = await app.collect()
  expect(modules.filter(module => module.includes('@opentelemetry/instrumentation'))).toEqual([])
  expect(modules.filter(module => /auto-instrumentations|sdk-node/.test(module))).toEqual([])
  expect(modules.filter(module => module.includes('in-the-middle'))).toEqual([])
  expect(warnings).toEqual([])
})
