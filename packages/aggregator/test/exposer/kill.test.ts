import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { forkApp } from '../apps/fork.ts'
import { parsePage } from '../page.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const KILLS = 50

test('nothing ever falls while workers are killed, and in the end all that was counted is there', async () => {
  const directory = temporaryDirectory()
  const notes = `${directory}-notes`
  mkdirSync(notes, { recursive: true })
  const app = forkApp('clustered.ts', { TEST_DIRECTORY: directory, TEST_NOTES: notes })
  const url = await app.message<string>('url')

  let scrapes = 0
  let last = new Map<string, number>()
  const scrape = async () => {
    const response = await fetch(url)
    expect(response.status).toBe(200)
    const samples = parsePage(await response.text())
    for (const name of samples.keys()) if (/^(target_info|tutti_)/.test(name)) samples.delete(name)
    const fallen = [...last].filter(([name, value]) => !((samples.get(name) ?? -1) >= value))
    expect(fallen, `scrape ${scrapes}`).toEqual([])
    last = samples
    scrapes++
  }

  let killing = true
  const scraping = (async () => {
    while (killing) await Promise.all([scrape(), sleep(50)])
  })()
  for (let kills = 0; kills < KILLS; ) {
    const killed = app.message<boolean>('killed')
    app.child.send({ kill: true })
    if (await killed) kills++
    await sleep(20 + Math.random() * 100)
  }
  killing = false
  await scraping
  const allKilled = app.message('allKilled')
  app.child.send({ killAll: true })
  await allKilled
  await scrape()

  // An operation that was under way when its worker was killed is there as a whole or not at all.
  let total = 0
  for (const incarnation of readdirSync(notes)) {
    const note = readFileSync(join(notes, incarnation))
    if (note.length < 16) continue // Killed before its first operation.
    const [began, finished] = [note.readDoubleLE(0), note.readDoubleLE(8)]
    const name = `operations_total{incarnation="${incarnation}",otel_scope_name="test"}`
    const counted = last.get(name) ?? 0
    expect([began, finished], name).toContain(counted)
    total += counted
  }
  const labels = 'kind="all",otel_scope_name="test"'
  const count = last.get(`latency_seconds_count{${labels}}`) ?? 0
  expect(last.get(`latency_seconds_bucket{${labels},le="+Inf"}`)).toBe(count)
  // A worker may have been killed between the counter and the histogram.
  expect(total - count).toBeGreaterThanOrEqual(0)
  expect(total - count).toBeLessThanOrEqual(KILLS + 4)
  expect(readdirSync(notes).length).toBeGreaterThanOrEqual(KILLS)
  expect(total).toBeGreaterThan(KILLS * 50)
  expect(scrapes).toBeGreaterThan(KILLS)
  // The dead leave nothing behind but the ledger: one writer lives, the primary.
  expect(readdirSync(directory).filter(name => name.endsWith('.segment')).length).toBe(1)
})
