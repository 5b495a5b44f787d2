import { gunzipSync } from 'node:zlib'
import type { Options } from '../options.ts'
import { startChild } from '../processes/child.ts'
import { MeasuredFleet } from '../scrape/measured-fleet.ts'
import { Scraper } from '../scrape/scrape.ts'
import { usualSize } from '../scrape/series.ts'
import { type Spread, spread } from '../statistics.ts'

export interface FormatFigures {
  /** The whole scrape, everything changed before it. */
  ms: Spread
  bytes: number
}

export interface FormatsResult {
  rounds: number
  formats: Record<string, FormatFigures>
  /** Copying the text page from memory to memory. */
  copyMs: Spread
  /** The text page, ready in memory, served by Node's plain http server in a process of its own. */
  readyMs: Spread
}

const openMetrics = 'application/openmetrics-text;version=1.0.0'
const protobuf = 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited'

/** What is asked for, by its name in the report. */
const forms: Record<string, Record<string, string>> = {
  text: { accept: 'text/plain;version=0.0.4' },
  OpenMetrics: { accept: openMetrics },
  protobuf: { accept: protobuf },
  'text, gzip': { accept: 'text/plain;version=0.0.4', 'accept-encoding': 'gzip' },
  'protobuf, gzip': { accept: protobuf, 'accept-encoding': 'gzip' },
}

/** The page in all its forms, beside what merely moving its bytes takes. */
export async function runFormats({ node, quick }: Options): Promise<FormatsResult> {
  const rounds = quick ? 3 : 9
  const fleet = await MeasuredFleet.start(node, 'tutti', usualSize)
  try {
    await fleet.record()
    const text = await fleet.scrape()
    const samples = new Map<string, { ms: number; bytes: number }[]>()
    // In turn, so that a slow minute of the machine is everybody's. The first round warms up.
    for (let round = 0; round <= rounds; round++) {
      for (const [name, headers] of Object.entries(forms)) {
        await fleet.record()
        const { ms, page } = await fleet.scrape(headers)
        if (name === 'text') fleet.check(page)
        if (name === 'text, gzip') fleet.check(gunzipSync(page))
        if (round > 0) samples.set(name, [...(samples.get(name) ?? []), { ms, bytes: page.length }])
      }
    }
    return {
      rounds,
      formats: Object.fromEntries(
        [...samples].map(([name, all]) => [
          name,
          { ms: spread(all.map(each => each.ms)), bytes: all.at(-1)!.bytes },
        ]),
      ),
      copyMs: measureCopy(text.page, rounds),
      readyMs: await measureReady(node, text.page.length, rounds),
    }
  } finally {
    await fleet.stop()
  }
}

function measureCopy(page: Buffer, rounds: number): Spread {
  const target = Buffer.alloc(page.length, 1)
  return spread(
    Array.from({ length: rounds }, () => {
      const start = performance.now()
      page.copy(target)
      return performance.now() - start
    }),
  )
}

async function measureReady(node: string, bytes: number, rounds: number): Promise<Spread> {
  const server = startChild({
    node,
    file: new URL('./ready-page.mjs', import.meta.url),
    args: [String(bytes)],
  })
  try {
    const scraper = new Scraper(await server.ask<string>('url'))
    await scraper.scrape()
    const samples: number[] = []
    for (let round = 0; round < rounds; round++) samples.push((await scraper.scrape()).ms)
    scraper.close()
    return spread(samples)
  } finally {
    await server.stop()
  }
}
