import type { Attributes } from '@opentelemetry/api'
import { OWN_SCOPE } from '../segment/stream.ts'
import type { Snapshot } from '../snapshot/directory-reader.ts'
import { DEFAULT_NAMING, labelPairs, labelsOf, type Naming } from './labels.ts'
import type { OwnFamily } from './own-family.ts'

/** What comes before the app's own families: `target_info`, and the figures that describe the page itself. */
export function preamble(snapshot: Snapshot, resource: Attributes, naming: Naming): OwnFamily[] {
  const living = snapshot.segments.filter(segment => segment.alive)
  const privateSeries = living.reduce((sum, segment) => sum + segment.privateSeries, 0)
  return [
    ...targetInfo(resource, naming),
    gauge('tutti_writers', 'Threads that record metrics and are alive.', living.length),
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
  ]
}

/** Without resource attributes there is nothing to tell (Prometheus compatibility, resource attributes). */
function targetInfo(resource: Attributes, naming: Naming): OwnFamily[] {
  if (Object.keys(resource).length === 0) return []
  const samples = [{ labels: labelPairs(resource, naming), value: 1 }]
  return [{ name: 'target_info', type: 'gauge', help: 'Target metadata', unit: '', samples }]
}

const OWN_LABELS = labelsOf({}, { scope: OWN_SCOPE, aggregation: { type: 'sum' } }, DEFAULT_NAMING)

function gauge(name: string, help: string, value: number): OwnFamily {
  return { name, type: 'gauge', help, unit: '', samples: [{ labels: OWN_LABELS, value }] }
}
