import { setTimeout as sleep } from 'node:timers/promises'
import { startExposer } from '@tutti/aggregator'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { renderMetrics } from '../../src/exposition/render-metrics.ts'
import { SharedMeterProvider } from '../../src/instrument/shared-meter-provider.ts'
import { foldDead } from '../../src/ledger/fold.ts'
import { DirectoryReader } from '../../src/snapshot/directory-reader.ts'
import { forkApp } from '../apps/fork.ts'
import { requireLibc } from '../libc.ts'
import { parsePlainly } from '../page.ts'
import { testProvider } from '../provider.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const warn = () => {}
const LIVES = 2_000

test('2,000 lives later every start and every exit is on the page, and the worker numbers are as small as ever', async () => {
  const libc = requireLibc()
  const { directory, page } = testProvider()
  const reader = new DirectoryReader(directory)
  const living: SharedMeterProvider[] = []
  let largest = 0
  for (let life = 0; life < LIVES; life++) {
    const provider = new SharedMeterProvider({ directory, warn })
    provider.getMeter('test').createCounter('lives').add(1)
    living.push(provider)
    // At most three live at once; whoever came first ends first.
    if (living.length === 3) await living.shift()?.shutdown()
    if (life % 5 === 0) foldDead(reader, libc)
    for (const { worker } of reader.read().segments) largest = Math.max(largest, worker)
  }
  for (const provider of living) await provider.shutdown()
  reader.close()
  expect(await page()).toMatchObject({
    lives_total: LIVES,
    tutti_writers: 1,
    tutti_writer_starts_total: LIVES + 1,
    tutti_writer_clean_exits_total: LIVES,
    tutti_writer_deaths_total: 0,
  })
  // Four at once, and up to five that wait to be folded.
  expect(largest).toBeLessThan(9)
})

test('a new writer has the smallest number that nobody has', async () => {
  const libc = requireLibc()
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(fc.nat(5)), { maxLength: 20 }), async steps => {
      const directory = temporaryDirectory()
      const reader = new DirectoryReader(directory)
      const living = new Map<number, SharedMeterProvider>()
      const start = () => {
        const before = new Set(living.keys())
        const provider = new SharedMeterProvider({ directory, warn })
        const workers = reader.read().segments.map(({ worker }) => worker)
        const [worker] = workers.filter(each => !before.has(each))
        living.set(worker, provider)
        const free = Array.from({ length: 30 }, (_, each) => each).find(each => !before.has(each))
        expect(worker).toBe(free)
      }
      start()
      for (const ending of steps) {
        if (ending === null || living.size === 1) start()
        else {
          const [worker, provider] = [...living][ending % living.size]
          await provider.shutdown()
          living.delete(worker)
          foldDead(reader, libc)
        }
      }
      for (const provider of living.values()) await provider.shutdown()
      reader.close()
    }),
    { numRuns: 25 },
  )
})

test('a blocked event loop is seen from outside while it is blocked', async () => {
  const directory = temporaryDirectory()
  const free = forkApp('blockable.ts', { TEST_DIRECTORY: directory })
  await free.message('ready')
  const blocked = forkApp('blockable.ts', { TEST_DIRECTORY: directory })
  await blocked.message('ready')
  const exposer = await startExposer({ directory, port: 0 })
  onTestFinished(() => exposer.close())
  const ages = async () => {
    const samples = parsePlainly(await (await fetch(exposer.url)).text())
    expect(samples.tutti_writers).toBe(2)
    return [0, 1].map(worker => samples[`tutti_writer_heartbeat_age_seconds{worker="${worker}"}`])
  }
  const blocking = blocked.message('blocking')
  blocked.child.send({ block: true })
  await blocking
  let last = (await ages())[1]
  while (last < 3) {
    await sleep(50)
    const [fresh, age] = await ages()
    // It only grows, while the other one is heard of again and again.
    expect(age).toBeGreaterThan(last)
    last = age
    if (last > 2) expect(fresh).toBeLessThan(age)
  }
})

test('who shut down in order is a clean exit; the page says so once, however often it is read', async () => {
  const { directory, page } = testProvider()
  const other = new SharedMeterProvider({ directory, warn })
  await other.shutdown()
  for (let read = 0; read < 2; read++) {
    await renderMetrics(directory)
    expect(await page()).toMatchObject({ tutti_writer_starts_total: 2, tutti_writer_clean_exits_total: 1 })
  }
})
