import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderMetrics } from '@tutti/aggregator'
import { expect, test } from 'vitest'
import { type App, forkApp } from '../apps/fork.ts'
import type { Told } from '../apps/pushing.ts'
import { startReceiver } from '../otlp-receiver.ts'
import { parsePlainly } from '../page.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

type Receiver = Awaited<ReturnType<typeof startReceiver>>

async function startPushing(receiver: Receiver, directory: string, temporality = 'DELTA'): Promise<App> {
  const app = forkApp('pushing.ts', {
    TEST_DIRECTORY: directory,
    TEST_URL: receiver.url,
    TEST_TEMPORALITY: temporality,
  })
  await app.message('started')
  return app
}

async function tell(app: App, told: Told, until: string): Promise<void> {
  const answer = app.message(until)
  app.child.send(told)
  await answer
}
const count = (app: App, amount: number, who?: string) => tell(app, { count: amount, who }, 'counted')
const flush = (app: App) => tell(app, { flush: true }, 'flushed')

const page = async (directory: string) => parsePlainly((await renderMetrics(directory)).body.toString())

test('only the elected process pushes, for all of them, and the numbers are those on the page', async () => {
  const [receiver, directory] = [await startReceiver(), temporaryDirectory()]
  const apps = [await startPushing(receiver, directory, 'CUMULATIVE')]
  apps.push(await startPushing(receiver, directory, 'CUMULATIVE'))
  await flush(apps[0])
  expect(receiver.requests).toEqual([])
  for (const app of apps) await count(app, 30)
  await flush(apps[1])
  expect(receiver.requests).toEqual([])
  await flush(apps[0])
  expect(receiver.requests).toHaveLength(1)
  const samples = await page(directory)
  expect(receiver.totals()).toEqual({
    'orders{who="all"}': samples['orders_total{who="all"}'],
    latency: samples.latency_count,
    open: samples.open,
  })
  const latency = receiver.requests[0].find(({ series }) => series === 'latency')
  expect(latency).toMatchObject({ temporality: 'cumulative', value: 60, sum: samples.latency_sum })
  expect(latency?.counts).toEqual([8, 34, 18])
  expect(samples).toMatchObject({ 'latency_bucket{le="1"}': 8, 'latency_bucket{le="10"}': 42, open: 60 })
})

test('when the pusher is killed another process goes on where it was: deltas are neither lost nor doubled', async () => {
  const [receiver, directory] = [await startReceiver(), temporaryDirectory()]
  const apps: App[] = []
  for (let each = 0; each < 4; each++) apps.push(await startPushing(receiver, directory))
  let counted = 0
  for (const [index, pusher] of apps.entries()) {
    for (const app of apps.slice(index)) await count(app, 10)
    counted += (apps.length - index) * 10
    await flush(pusher)
    const samples = await page(directory)
    expect(samples['orders_total{who="all"}']).toBe(counted)
    // Each of the living has counted ten in every round so far.
    expect(samples.open).toBe((apps.length - index) * 10 * (index + 1))
    const { 'orders{who="all"}': orders, latency, open } = receiver.totals()
    expect([orders, latency, open]).toEqual([counted, samples.latency_count, samples.open])
    // Counted, not exported, and killed: the next one exports it.
    await count(pusher, 5, `killed ${index}`)
    if (index < apps.length - 1) await pusher.end('SIGKILL')
  }
  await flush(apps.at(-1)!)
  const [totals, samples] = [receiver.totals(), await page(directory)]
  for (let index = 0; index < apps.length; index++) {
    expect(totals[`orders{who="killed ${index}"}`]).toBe(5)
    expect(samples[`orders_total{who="killed ${index}"}`]).toBe(5)
  }
  expect([totals.latency, totals.open]).toEqual([samples.latency_count, samples.open])
})

test('totals go on after a takeover: the dead included, counted since the same start', async () => {
  const [receiver, directory] = [await startReceiver(), temporaryDirectory()]
  const apps: App[] = []
  for (let each = 0; each < 3; each++) apps.push(await startPushing(receiver, directory, 'CUMULATIVE'))
  for (const [index, pusher] of apps.entries()) {
    for (const app of apps.slice(index)) await count(app, 10)
    await flush(pusher)
    if (index < 2) await pusher.end('SIGKILL')
  }
  const points = receiver.requests.map(points => points.find(({ series }) => series.startsWith('orders'))!)
  expect(points.map(({ value }) => value)).toEqual([30, 50, 60])
  expect(new Set(points.map(({ startMs }) => startMs)).size).toBe(1)
})

test('deltas follow each other without a gap, whoever exports them', async () => {
  const [receiver, directory] = [await startReceiver(), temporaryDirectory()]
  const apps = [await startPushing(receiver, directory), await startPushing(receiver, directory)]
  for (const [index, app] of apps.entries()) {
    for (let round = 0; round < 2; round++) {
      await count(app, 1)
      await flush(app)
    }
    if (index === 0) await app.end('SIGKILL')
  }
  const points = receiver.requests.map(points => points.find(({ series }) => series.startsWith('orders'))!)
  expect(points.map(({ value, temporality }) => [value, temporality])).toEqual(Array(4).fill([1, 'delta']))
  for (let each = 1; each < points.length; each++) expect(points[each].startMs).toBe(points[each - 1].endMs)
})

test('a delta whose export was under way at the kill is exported again, with the same start: at least once', async () => {
  const [receiver, directory] = [await startReceiver(), temporaryDirectory()]
  const [pusher, next] = [await startPushing(receiver, directory), await startPushing(receiver, directory)]
  await count(pusher, 3)
  await flush(pusher)
  await count(pusher, 4)
  receiver.hold(true)
  const received = receiver.nextRequest()
  pusher.child.send({ flush: true })
  await received
  await pusher.end('SIGKILL')
  receiver.hold(false)
  await count(next, 5)
  await flush(next)
  const points = receiver.requests.map(points => points.find(({ series }) => series.startsWith('orders'))!)
  expect(points.map(({ value }) => value)).toEqual([3, 4, 9])
  expect(points[2].startMs).toBe(points[1].startMs)
  // And what is exported after that is exported once.
  await count(next, 1)
  await flush(next)
  expect(receiver.requests[3].find(({ series }) => series.startsWith('orders'))?.value).toBe(1)
})

test('a pusher that ends in order exports the last, and the next one what comes after', async () => {
  const [receiver, directory] = [await startReceiver(), temporaryDirectory()]
  const [pusher, next] = [await startPushing(receiver, directory), await startPushing(receiver, directory)]
  await flush(pusher)
  await count(pusher, 3)
  await tell(pusher, { shutdown: true }, 'ended')
  expect(receiver.totals()).toMatchObject({ 'orders{who="all"}': 3, latency: 3 })
  expect(await page(directory)).toMatchObject({ 'orders_total{who="all"}': 3 })
  await count(next, 2)
  await flush(next)
  // What the ended one had opened is open no more.
  expect(receiver.totals()).toEqual({ 'orders{who="all"}': 5, latency: 5, open: 2 })
})

test('with low-memory temporality up-down counters stay cumulative, counters are deltas', async () => {
  const [receiver, directory] = [await startReceiver(), temporaryDirectory()]
  const app = await startPushing(receiver, directory, 'LOWMEMORY')
  for (const amount of [2, 3]) {
    await count(app, amount)
    await flush(app)
  }
  expect(
    receiver.requests.map(points =>
      points.map(({ series, temporality, value }) => [series, temporality, value]),
    ),
  ).toEqual([
    [
      ['orders{who="all"}', 'delta', 2],
      ['latency', 'delta', 2],
      ['open', 'cumulative', 2],
    ],
    [
      ['orders{who="all"}', 'delta', 3],
      ['latency', 'delta', 3],
      ['open', 'cumulative', 5],
    ],
  ])
})

test('a damaged record of what was exported costs the deltas since, and repeats nothing', async () => {
  const [receiver, directory] = [await startReceiver(), temporaryDirectory()]
  const [pusher, next] = [await startPushing(receiver, directory), await startPushing(receiver, directory)]
  await count(pusher, 3)
  await flush(pusher)
  const path = join(directory, 'exported-0')
  const damaged = readFileSync(path)
  damaged.fill(0xff, 0, 64)
  await pusher.end('SIGKILL')
  writeFileSync(path, damaged)
  await count(next, 4)
  await flush(next)
  await count(next, 5)
  await flush(next)
  expect(receiver.totals()['orders{who="all"}']).toBe(3 + 5)
  expect(next.output()).toMatch(
    /^what was exported, .*exported-0, can't be read \(.*not a segment\): deltas begin anew/,
  )
})

test('twenty pushers killed at any moment, the last exports what is missing', async () => {
  const [receiver, directory] = [await startReceiver(), temporaryDirectory()]
  const survivor = await startPushing(receiver, directory)
  let counted = 0
  for (let life = 0; life < 20; life++) {
    const app = await startPushing(receiver, directory)
    await count(app, 50, 'each')
    counted += 50
    const gone = once(app.child, 'exit')
    const flushed = app.message('flushed').catch(() => undefined)
    app.child.send({ flush: true })
    // Before the export, in the middle of it, or after it: whichever it is.
    if (life % 3 === 0) await flushed
    else await new Promise(resolve => setTimeout(resolve, Math.random() * 20))
    await app.end('SIGKILL')
    await gone.catch(() => undefined)
  }
  await flush(survivor)
  const exported = receiver.totals()['orders{who="each"}']
  const acknowledged = (await page(directory))['orders_total{who="each"}']
  expect(acknowledged).toBe(counted)
  // At least once: nothing is lost; what was under way at a kill may have come twice.
  expect(exported).toBeGreaterThanOrEqual(counted)
  const before = receiver.requests.length
  await flush(survivor)
  expect(receiver.requests).toHaveLength(before)
})
