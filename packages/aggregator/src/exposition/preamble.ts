import type { Attributes } from '@opentelemetry/api'
import { MAX_WORKERS } from '../directory/files.ts'
import type { Merge } from '../merge/merge.ts'
import { WORKER_ATTRIBUTE } from '../merge/merged-stream.ts'
import { writerLives } from '../merge/writer-lives.ts'
import { OWN_SCOPE } from '../segment/stream.ts'
import type { Snapshot } from '../snapshot/directory-reader.ts'
import { renderLabelPairs, renderLabels } from './labels.ts'

type Samples = Iterable<readonly [Attributes, number]>

/** What comes before the app's own families: `target_info`, and the figures that describe the page itself. */
export function preamble(
  snapshot: Snapshot,
  resource: Attributes,
  merge: Merge,
  nowMs: number = Date.now(),
): string {
  const { living, starts, ended, killed, folded } = writerLives(snapshot)
  const privateSeries = living.reduce((sum, segment) => sum + segment.privateSeries, 0)
  return [
    targetInfo(resource),
    gauge('tutti_writers', 'Threads that record metrics and are alive.', living.length),
    counter('tutti_writer_starts_total', 'Threads that began to record metrics.', starts),
    counter('tutti_writer_clean_exits_total', 'Threads that recorded metrics and ended in order.', ended),
    counter(
      'tutti_writer_deaths_total',
      'Threads that recorded metrics and ended without saying so: killed, crashed, out of memory.',
      killed,
    ),
    counter('tutti_folded_segments_total', 'Dead threads whose totals are in the ledger.', folded),
    family(
      'tutti_writer_heartbeat_age_seconds',
      'gauge',
      'Since the thread last found time for an observation; it grows while its event loop is blocked.',
      living.map(({ worker, heartbeatMs }) => [
        { [WORKER_ATTRIBUTE]: String(worker) },
        Math.max(0, nowMs - heartbeatMs) / 1_000,
      ]),
    ),
    gauge(
      'tutti_damaged_segments',
      'Files in the directory that are not readable segments.',
      snapshot.damaged.length,
    ),
    gauge(
      'tutti_private_series',
      'Series kept in private memory because a segment could not grow.',
      privateSeries,
    ),
    gauge('tutti_segments', 'Segments in the directory.', snapshot.segments.length),
    gauge('tutti_segments_limit', 'Segments that a directory may hold.', MAX_WORKERS),
    family(
      'tutti_overflow_series',
      'gauge',
      'Sets of attributes counted together because all writers together have more than the limit.',
      overflows(merge),
    ),
  ].join('')
}

/** Without resource attributes there is nothing to tell (Prometheus compatibility, resource attributes). */
function targetInfo(resource: Attributes): string {
  if (Object.keys(resource).length === 0) return ''
  return `# HELP target_info Target metadata\n# TYPE target_info gauge\ntarget_info{${renderLabelPairs(resource)}} 1\n`
}

/** By instrument: streams that differ in something else than the name count together. */
function overflows(merge: Merge): Samples {
  const byName = new Map<string, number>()
  for (const { definition, joinedCount } of merge.streams.values()) {
    if (joinedCount > 0) byName.set(definition.name, (byName.get(definition.name) ?? 0) + joinedCount)
  }
  return [...byName].map(([instrument, count]) => [{ instrument }, count] as const)
}

function gauge(name: string, help: string, value: number): string {
  return family(name, 'gauge', help, [[{}, value]])
}

function counter(name: string, help: string, value: number): string {
  return family(name, 'counter', help, [[{}, value]])
}

function family(name: string, type: 'gauge' | 'counter', help: string, samples: Samples): string {
  const lines = [...samples].map(
    ([attributes, value]) => `${name}{${renderLabels(attributes, OWN_SCOPE)}} ${value}\n`,
  )
  if (lines.length === 0) return ''
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`
}
