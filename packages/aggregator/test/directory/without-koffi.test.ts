import { fileURLToPath } from 'node:url'
import { renderMetrics } from '@tutti/aggregator'
import { expect, test } from 'vitest'
import { define, publish } from '../../campaign/publish.ts'
import { joinDirectory } from '../../src/directory/join.ts'
import { forkApp } from '../apps/fork.ts'
import { parsePlainly } from '../page.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const withoutKoffi = ['--require', fileURLToPath(new URL('../apps/without-koffi.cjs', import.meta.url))]

test('without koffi one line says what is weaker, and every process is on the page all the same', async () => {
  const env = { TEST_DIRECTORY: temporaryDirectory() }
  const first = forkApp('contender.ts', env, withoutKoffi)
  const url = await first.message<string>('url')
  const second = forkApp('contender.ts', { ...env, TEST_PORT: new URL(url).port }, withoutKoffi)
  await second.message('counted')

  const samples = async () => parsePlainly(await (await fetch(url)).text())
  await expect.poll(samples, { timeout: 20_000 }).toMatchObject({ started_total: 2, tutti_writers: 2 })
  for (const app of [first, second]) {
    expect(app.output()).toMatch(
      /^koffi did not load: Cannot find the native Koffi module.*: metrics are written out every second instead of shared at once\.\n$/,
    )
  }
})

test('processes that join at once without locks begin one new run, and none removes what another one made', async () => {
  const directory = temporaryDirectory()
  // What an ended run left: nobody has written it for an hour.
  const ended = joinDirectory(directory, { warn: () => {}, store: 'heap', nowMs: Date.now() - 3_600_000 })
  publish(ended, define('ended', 'COUNTER', { type: 'sum' }))([]).record(1)
  ended.beat(Date.now() - 3_600_000, 0)
  const apps = Array.from({ length: 6 }, () =>
    forkApp('loads.ts', { TEST_DIRECTORY: directory, TEST_SERIES: '0' }, withoutKoffi),
  )
  await Promise.all(apps.map(app => app.message('ready')))
  const samples = async () => parsePlainly((await renderMetrics(directory)).body.toString())
  await expect.poll(samples, { timeout: 20_000 }).toMatchObject({ tutti_writers: 6, tutti_segments: 6 })
  expect(await samples()).not.toHaveProperty('ended_total')
})
