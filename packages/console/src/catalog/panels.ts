import type { Labels } from '../rates/counted.ts'
import type { Panel } from './panel.ts'

const all = () => 'all processes'
const byWorker = (labels: Labels) => {
  const worker = labels.get('worker')
  return worker === undefined ? undefined : `worker ${worker}`
}
const by = (label: string) => (labels: Labels) => labels.get(label) ?? '(none)'
const hasError = (labels: Labels) => labels.has('error_type')
const operation = (labels: Labels) =>
  [labels.get('db_system_name'), labels.get('db_operation_name')].filter(Boolean).join(' ') || '(none)'
/** A command that waits for something to come lasts as long as nothing comes: that is no latency. */
const waitingApart = (labels: Labels) =>
  /^(b[lrz]m?pop|blmove|xread)/i.test(labels.get('db_operation_name') ?? '') ? undefined : operation(labels)
/** Of what was answered: that nobody answers, the panel beside it shows. */
const answeredKey = (labels: Labels) =>
  labels.get('cache_result') === 'failure' ? undefined : by('cache_key_pattern')(labels)
const host = (labels: Labels) =>
  [labels.get('server_address'), labels.get('server_port')].filter(Boolean).join(':') || '(none)'

const OPERATIONS = 'db_client_operation_duration_seconds'
const PROCESSED = 'messaging_process_duration_seconds'
const CALLS = 'http_client_request_duration_seconds'

/** What the console shows of the metrics that Tutti's instrumentations record. A panel without a family is not there. */
export const PANELS: readonly Panel[] = [
  ...section('runtime', [
    panel(
      'loop-delay',
      'Event-loop delay, p99',
      'nodejs_eventloop_delay_p99_seconds',
      'value',
      'seconds',
      byWorker,
    ),
    panel(
      'loop-use',
      'Event-loop utilization',
      'nodejs_eventloop_utilization_ratio',
      'value',
      'ratio',
      byWorker,
    ),
    panel('cpu', 'CPU', 'process_cpu_utilization_ratio', 'value', 'ratio', byWorker),
    panel('heap', 'Heap used', 'v8js_memory_heap_used_bytes', 'value', 'bytes', byWorker),
    panel('resident', 'Resident memory', 'process_memory_usage_bytes', 'value', 'bytes', all),
    panel(
      'gc',
      'Time in garbage collection',
      'v8js_gc_duration_seconds',
      'sumRate',
      'ratio',
      by('v8js_gc_type'),
    ),
  ]),
  ...section('database', [
    panel('db-rate', 'Operations', OPERATIONS, 'rate', 'rate', operation),
    panel('db-p95', 'Latency, p95', OPERATIONS, 'p95', 'seconds', waitingApart),
    panel('db-errors', 'Failed operations', OPERATIONS, 'partRate', 'rate', operation, hasError),
    panel(
      'db-connections',
      'Connections',
      'db_client_connection_count',
      'value',
      'count',
      by('db_client_connection_state'),
    ),
    panel(
      'db-wait',
      'Wait for a connection, p95',
      'db_client_connection_wait_time_seconds',
      'p95',
      'seconds',
      by('db_client_connection_pool_name'),
    ),
    panel(
      'db-rows',
      'Rows changed',
      'db_client_model_operations_total',
      'rate',
      'rate',
      labels => `${labels.get('db_operation_name') ?? ''} ${labels.get('db_collection_name') ?? ''}`,
    ),
  ]),
  ...section('cache', [
    panel('cache-rate', 'Requests by result', 'cache_requests_total', 'rate', 'rate', by('cache_result')),
    panel(
      'cache-hits',
      'Hit ratio by key pattern',
      'cache_requests_total',
      'partShare',
      'ratio',
      answeredKey,
      labels => labels.get('cache_result') === 'hit',
    ),
  ]),
  ...section('queues', [
    panel('queue-rate', 'Jobs processed', PROCESSED, 'rate', 'rate', by('messaging_destination_name')),
    panel('queue-p95', 'Processing time, p95', PROCESSED, 'p95', 'seconds', by('messaging_destination_name')),
    panel(
      'queue-jobs',
      'Jobs by state',
      'bullmq_queue_jobs',
      'value',
      'count',
      by('bullmq_queue_jobs_state'),
    ),
  ]),
  ...section('outgoing', [
    panel('calls-rate', 'Requests', CALLS, 'rate', 'rate', host),
    panel('calls-p95', 'Latency, p95', CALLS, 'p95', 'seconds', host),
    panel('calls-errors', 'Failed requests', CALLS, 'partRate', 'rate', host, hasError),
  ]),
]

type Unplaced = Omit<Panel, 'section'>

function section(name: Panel['section'], panels: readonly Unplaced[]): Panel[] {
  return panels.map(each => ({ ...each, section: name }))
}

function panel(
  id: string,
  title: string,
  family: string,
  shows: Panel['shows'],
  unit: Panel['unit'],
  by: Panel['by'],
  part?: (labels: Labels) => boolean,
): Unplaced {
  return { id, title, family, shows, unit, by, ...(part && { part }) }
}
