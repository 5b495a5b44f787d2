import type { Attributes } from '@opentelemetry/api'
import { OWN_SCOPE } from '../segment/stream.ts'
import type { Snapshot } from '../snapshot/directory-reader.ts'
import { renderLabelPairs, renderLabels } from './labels.ts'

/** What comes before the app's own families: `target_info`, and the figures that describe the page itself. */
export function preamble(snapshot: Snapshot, resource: Attributes): string {
  const living = snapshot.segments.filter(segment => segment.alive)
  const privateSeries = living.reduce((sum, segment) => sum + segment.privateSeries, 0)
  return [
    targetInfo(resource),
    gauge('tutti_writers', 'Threads that record metrics and are alive.', living.length),
    gauge(
      'tutti_damaged_segments',
      'Segments and ledgers that can not be read, or not all of them.',
      snapshot.damaged.length,
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
  ].join('')
}

/** Without resource attributes there is nothing to tell (Prometheus compatibility, resource attributes). */
function targetInfo(resource: Attributes): string {
  if (Object.keys(resource).length === 0) return ''
  return `# HELP target_info Target metadata\n# TYPE target_info gauge\ntarget_info{${renderLabelPairs(resource)}} 1\n`
}

const OWN_LABELS = renderLabels({}, OWN_SCOPE)

function gauge(name: string, help: string, value: number): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name}{${OWN_LABELS}} ${value}\n`
}
