import type { Attributes } from '@opentelemetry/api'
import { MAX_WORKERS } from '../directory/files.ts'
import type { Merge } from '../merge/merge.ts'
import { WORKER_ATTRIBUTE } from '../merge/merged-stream.ts'
import { writerLives } from '../merge/writer-lives.ts'
import type { Snapshot } from '../snapshot/directory-reader.ts'
import { labelPairs, type Naming, ownLabels } from './labels.ts'
import type { OwnFamily } from './own-family.ts'

/** What the figures are about. */
export interface Described {
  readonly snapshot: Snapshot
  readonly merge: Merge
  readonly resource: Attributes
  readonly withoutTargetInfo?: boolean | undefined
  /** Milliseconds since the epoch; default: now. */
  readonly nowMs?: number
}

/** What comes before the app's own families: `target_info`, and the figures that describe the page itself. */
export function preamble(described: Described, naming: Naming): OwnFamily[] {
  const { snapshot, merge, resource, withoutTargetInfo } = described
  const { gauge } = familiesIn(naming)
  const { segments, damaged } = snapshot
  const privateSeries = segments.reduce((sum, each) => sum + (each.alive ? each.privateSeries : 0), 0)
  return [
    ...(withoutTargetInfo ? [] : targetInfo(resource, naming)),
    ...writers(described, naming),
    gauge(
      'tutti_damaged_segments',
      'Segments and ledgers that can not be read, or not all of them.',
      damaged.length,
    ),
    gauge(
      'tutti_other_version_segments',
      'Segments and ledgers written by another version, which are not on this page.',
      snapshot.otherVersions.length,
    ),
    gauge(
      'tutti_private_series',
      'Series kept in private memory because a segment could not grow.',
      privateSeries,
    ),
    gauge('tutti_segments', 'Segments in the directory.', segments.length),
    gauge('tutti_segments_limit', 'Segments that a directory may hold.', MAX_WORKERS),
    ...overflows(merge, naming),
  ]
}

/** Without resource attributes there is nothing to tell (Prometheus compatibility, resource attributes). */
function targetInfo(resource: Attributes, naming: Naming): OwnFamily[] {
  if (Object.keys(resource).length === 0) return []
  const samples = [{ labels: labelPairs(resource, naming), value: 1 }]
  return [{ name: 'target_info', type: 'gauge', help: 'Target metadata', unit: '', samples }]
}

/** The lives of writers, and for how long each of the living has not been heard of. */
function writers({ snapshot, nowMs = Date.now() }: Described, naming: Naming): OwnFamily[] {
  const { gauge, counter } = familiesIn(naming)
  const { living, starts, ended, killed, folded } = writerLives(snapshot)
  const ages = living.map(({ worker, heartbeatMs }) => ({
    labels: ownLabels({ [WORKER_ATTRIBUTE]: String(worker) }, naming),
    value: Math.max(0, nowMs - heartbeatMs) / 1_000,
  }))
  return [
    gauge('tutti_writers', 'Threads that record metrics and are alive.', living.length),
    counter('tutti_writer_starts_total', 'Threads that began to record metrics.', starts),
    counter('tutti_writer_clean_exits_total', 'Threads that recorded metrics and ended in order.', ended),
    counter(
      'tutti_writer_deaths_total',
      'Threads that recorded metrics and ended without saying so: killed, crashed, out of memory.',
      killed,
    ),
    counter('tutti_folded_segments_total', 'Dead threads whose totals are in the ledger.', folded),
    ...present({
      name: 'tutti_writer_heartbeat_age_seconds',
      type: 'gauge',
      help: 'Since the thread last found time for an observation: grows while its event loop is blocked.',
      unit: 'seconds',
      samples: ages,
    }),
  ]
}

/** By instrument: streams that differ in something else than the name count together. */
function overflows({ streams }: Merge, naming: Naming): OwnFamily[] {
  const byName = new Map<string, number>()
  for (const { definition, joinedCount } of streams.values()) {
    if (joinedCount > 0) byName.set(definition.name, (byName.get(definition.name) ?? 0) + joinedCount)
  }
  return present({
    name: 'tutti_overflow_series',
    type: 'gauge',
    help: 'Sets of attributes counted together because all writers together have more than the limit.',
    unit: '',
    samples: [...byName].map(([instrument, value]) => ({ labels: ownLabels({ instrument }, naming), value })),
  })
}

function familiesIn(naming: Naming) {
  const labels = ownLabels({}, naming)
  const family = (type: 'gauge' | 'counter') => {
    return (name: string, help: string, value: number): OwnFamily => {
      return { name, type, help, unit: '', samples: [{ labels, value }] }
    }
  }
  return { gauge: family('gauge'), counter: family('counter') }
}

/** A family without samples is none. */
function present(family: OwnFamily): OwnFamily[] {
  return family.samples.length === 0 ? [] : [family]
}
