import { crowdSection } from './crowd/report.ts'
import type { CrowdResult } from './crowd/run.ts'
import { number, spreadText } from './figure-text.ts'
import { formatsSection } from './formats/report.ts'
import type { FormatsResult } from './formats/run.ts'
import { growthSection } from './growth/report.ts'
import type { GrowthResult } from './growth/run.ts'
import type { Contestant, HotPathFigures, HotPathResult } from './hot-path/run.ts'
import { type Operation, operations, titles } from './hot-path/workload.ts'
import type { Machine } from './machine.ts'
import { memorySection } from './memory/report.ts'
import type { MemoryResult } from './memory/run.ts'
import { type Peer, packageNames, peers, versionOf } from './peers.ts'
import { pythonSection } from './python/report.ts'
import type { PythonResult } from './python/run.ts'
import type { ScrapeResult } from './scrape/run.ts'
import { startUpSection } from './start-up/report.ts'
import type { StartUpResult } from './start-up/run.ts'
import type { Spread } from './statistics.ts'
import { table } from './table.ts'
import { throughputSection } from './throughput/report.ts'
import type { ThroughputResult } from './throughput/run.ts'

export interface Results {
  machine: Machine
  hotPath: HotPathResult | undefined
  crowd: CrowdResult | undefined
  scrape: ScrapeResult | undefined
  growth: GrowthResult | undefined
  formats: FormatsResult | undefined
  python: PythonResult | undefined
  startUp: StartUpResult | undefined
  memory: MemoryResult | undefined
  throughput: ThroughputResult | undefined
}

/** The whole report as Markdown that also reads well in a terminal. Every figure comes from this one run. */
export function report(results: Results): string {
  const { machine, hotPath, crowd, scrape, growth, formats, python, startUp, memory, throughput } = results
  return [
    '# Benchmark results',
    '',
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}`,
    peers.map(peer => `${packageNames[peer]} ${versionOf(packageNames[peer])}`).join(', '),
    '',
    ...(hotPath ? hotPathSection(hotPath, machine) : []),
    ...(crowd ? crowdSection(crowd) : []),
    ...(scrape ? scrapeSection(scrape) : []),
    ...(growth ? growthSection(growth) : []),
    ...(formats ? formatsSection(formats) : []),
    ...(python ? pythonSection(python, hotPath) : []),
    ...(startUp ? startUpSection(startUp) : []),
    ...(memory ? memorySection(memory) : []),
    ...(throughput ? throughputSection(throughput) : []),
  ].join('\n')
}

function hotPathSection({ calls, rounds, fresh, used }: HotPathResult, { pinnedCore }: Machine): string[] {
  const pinned = pinnedCore === undefined ? '' : ` pinned to core ${pinnedCore}`
  return [
    '## One measurement',
    '',
    `Nanoseconds per call: median (fastest-slowest) of ${rounds} rounds of ${calls.toLocaleString('en-US')} calls.`,
    `64 label sets, fresh objects, one process a peer${pinned}, rounds interleaved; all totals checked.`,
    '',
    ...nanosecondsTable(fresh),
    '',
    ...ratioTable(fresh),
    '',
    ...businessMetricsTable(fresh),
    '',
    ...adapterTable(fresh),
    '',
    'The same after twelve other instruments with attributes of six other shapes were used in each process:',
    '',
    ...nanosecondsTable(used),
    '',
    ...ratioTable(used),
    '',
    ...businessMetricsTable(used),
    '',
    ...adapterTable(used),
    '',
  ]
}

const columns: Contestant[] = [...peers, 'businessMetrics', 'adapter', 'nothing']
const ownNames: Partial<Record<Contestant, string>> = {
  businessMetrics: '@tutti/business-metrics',
  adapter: '@tutti/business-metrics/prom-client',
  nothing: 'the loop alone',
}

function nanosecondsTable(figures: HotPathFigures): string[] {
  const heads = columns.map(name => ownNames[name] ?? packageNames[name as Peer])
  return table(
    ['ns', ...heads],
    operations.map(operation => [
      titles[operation],
      ...columns.map(name => spreadText(figures[operation][name], 1)),
    ]),
  )
}

/** What the project set out to reach, by operation; absent where it set no aim. */
const aims: Partial<Record<Operation, Partial<Record<Peer, number>>>> = {
  counter: { opentelemetry: 6, 'prom-client': 3 },
  histogram: { opentelemetry: 6, 'prom-client': 3 },
  boundCounter: { 'prom-client': 10 },
  boundHistogram: { 'prom-client': 10 },
}

function ratioTable(figures: HotPathFigures): string[] {
  const rivals = peers.slice(1)
  return table(
    ['times as long as ours', ...rivals.map(peer => packageNames[peer])],
    operations.map(operation => [
      titles[operation],
      ...rivals.map(peer =>
        ratioText(figures[operation][peer], figures[operation].tutti, aims[operation]?.[peer]),
      ),
    ]),
  )
}

/** A catalog's metrics against a handle that OpenTelemetry's author bound, and against prom-client with labels. */
function businessMetricsTable(figures: HotPathFigures): string[] {
  const bound: Partial<Record<Operation, Operation>> = {
    counter: 'boundCounter',
    histogram: 'boundHistogram',
  }
  return table(
    ['@tutti/business-metrics', 'as long as a bound handle', 'prom-client, times as long'],
    offeredBy('businessMetrics', figures).map(operation => {
      const { businessMetrics: ours, 'prom-client': theirs } = figures[operation]
      const handle = figures[bound[operation] ?? operation].tutti
      const times = ours && handle ? ours.median / handle.median : Number.NaN
      const aim = `aim at most 2x: ${times <= 2 ? 'met' : 'missed'}`
      return [titles[operation], `${number(times, 1)}x (${aim})`, ratioText(theirs, ours, 3)]
    }),
  )
}

/** The same program with another import, its values in shared memory as well as in its registry. */
function adapterTable(figures: HotPathFigures): string[] {
  const aims: Partial<Record<Operation, number>> = { boundCounter: 10, boundHistogram: 10 }
  return table(
    ['@tutti/business-metrics/prom-client', 'prom-client, times as long'],
    offeredBy('adapter', figures).map(operation => {
      const { adapter: ours, 'prom-client': theirs } = figures[operation]
      return [titles[operation], ratioText(theirs, ours, aims[operation] ?? 1)]
    }),
  )
}

function offeredBy(contestant: Contestant, figures: HotPathFigures): Operation[] {
  return operations.filter(operation => figures[operation][contestant] !== undefined)
}

const scrapeAim = 200

function scrapeSection({ members, series, warmUps, rounds, figures }: ScrapeResult): string[] {
  const names = Object.keys(figures) as Peer[]
  const row = (title: string, cell: (peer: Peer) => string) => [title, ...names.map(cell)]
  const ratio = (title: string, of: 'changedMs' | 'unchangedMs', aim?: number) =>
    row(title, peer => (peer === 'tutti' ? '1' : ratioText(figures[peer]![of], figures.tutti![of], aim)))
  return [
    '## One scrape of many processes',
    '',
    `${members} processes x ${series.toLocaleString('en-US')} histogram series, over one HTTP connection; median (fastest-slowest) of ${rounds},`,
    `after ${warmUps} that are not counted: a service is scraped for weeks.`,
    'Every sample of every page is checked; every series changes between the scrapes called changed.',
    '',
    ...table(
      ['', ...names.map(peer => packageNames[peer])],
      [
        row('first scrape, ms', peer => number(figures[peer]!.firstMs, 1)),
        row('changed, ms', peer => spreadText(figures[peer]!.changedMs, 1)),
        row('unchanged, ms', peer => spreadText(figures[peer]!.unchangedMs, 1)),
        row("first process' event loop busy, ms", peer => number(figures[peer]!.loopUse.busyMs, 1)),
        row('its longest block, ms', peer => number(figures[peer]!.loopUse.longestBlockMs, 1)),
        row('its event-loop delay p99 unscraped, ms', peer =>
          spreadText(figures[peer]!.interference.quietP99Ms, 2),
        ),
        row('the same, scraped every second, ms', peer =>
          spreadText(figures[peer]!.interference.scrapedP99Ms, 2),
        ),
        row('its memory grown by, MB', peer => number(figures[peer]!.grownBytes / 1e6, 0)),
        row('page, MB', peer => number(figures[peer]!.pageBytes / 1e6, 2)),
        row('scrapes that failed', peer => String(figures[peer]!.failures.length)),
        row('first, times as long as ours', peer =>
          peer === 'tutti' ? '1' : `${number(figures[peer]!.firstMs / figures.tutti!.firstMs, 1)}x`,
        ),
        ratio('changed, times as long as ours', 'changedMs', scrapeAim),
        ratio('unchanged, times as long as ours', 'unchangedMs'),
      ],
    ),
    '',
    ...names.flatMap(peer =>
      figures[peer]!.failures.map(why => `A scrape of ${packageNames[peer]} failed after ${why}\n`),
    ),
  ]
}

function ratioText(theirs: Spread | undefined, ours: Spread | undefined, aim: number | undefined): string {
  if (!theirs || !ours) return 'not offered'
  const ratio = theirs.median / ours.median
  const judged = aim === undefined ? '' : ` (aim ${aim}x: ${ratio >= aim ? 'met' : 'missed'})`
  return `${number(ratio, 1)}x${judged}`
}
