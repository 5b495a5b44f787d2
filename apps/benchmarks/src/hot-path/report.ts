import { judged, number, ratioText, spreadText } from '../figure-text.ts'
import type { Machine } from '../machine.ts'
import { type Peer, packageNames, peers } from '../peers.ts'
import { table } from '../table.ts'
import type { Contestant, HotPathFigures, HotPathResult } from './run.ts'
import { type Operation, operations, titles } from './workload.ts'

export function hotPathSection(
  { calls, rounds, fresh, used }: HotPathResult,
  { pinnedCore }: Machine,
): string[] {
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
      const handleText = `${number(times, 1)}x ${judged(times <= 2, 'at most 2x')}`
      return [titles[operation], handleText, ratioText(theirs, ours, 3)]
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
