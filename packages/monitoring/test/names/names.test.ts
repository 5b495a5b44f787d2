import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderMetrics, SharedMeterProvider } from '@tutti/aggregator'
import { expect, test } from 'vitest'
import { own } from '../../src/names/own.ts'
import { recorded } from '../../src/names/recorded.ts'
import { instrumentsOfEverything } from './instruments.ts'

test('every metric of the table is one that the instrumentation records, by this name, unit and kind', async () => {
  const created = await instrumentsOfEverything()
  const wanted = Object.values(recorded).map(({ name, unit, kind }) => `${kind} ${name} ${unit}`)
  expect(wanted.filter(each => !created.has(each))).toEqual([])
})

test('every family of the table is the one that the aggregator puts on its page', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-names-'))
  const provider = new SharedMeterProvider({ directory })
  try {
    const meter = provider.getMeter('names')
    for (const { name, unit, kind } of Object.values(recorded)) {
      if (kind === 'counter') meter.createCounter(name, { unit }).add(1)
      else if (kind === 'gauge') meter.createGauge(name, { unit }).record(1)
      else meter.createHistogram(name, { unit }).record(1)
    }
    const page = String((await renderMetrics(directory)).body)
    const families = new Map(
      [...page.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name!, type!]),
    )
    for (const { family, kind } of Object.values(recorded))
      expect([family, families.get(family)]).toEqual([family, kind])
    // Those that a page without an exposer and without trouble has not.
    const elsewhere = [
      'tutti_scrapes_total',
      'tutti_scrape_duration_seconds',
      'tutti_page_bytes',
      'tutti_overflow_measurements_total',
      'tutti_series',
    ]
    const missing = Object.values(own).filter(({ family, kind }) => families.get(family) !== kind)
    expect(missing.map(({ family }) => family).filter(family => !elsewhere.includes(family))).toEqual([])
  } finally {
    await provider.shutdown()
    rmSync(directory, { recursive: true })
  }
})
