import { recorded } from '../names/recorded.ts'
import { quantile, rate, select } from '../promql.ts'
import { records } from '../rules/recordings.ts'
import { type Dashboard, type Panel, query } from './panel.ts'
import { chosen, ofJob } from './scope.ts'

const worker = '{{instance}} {{worker}}'
const perWorker = 'instance, worker'

export function nodejsRuntime(): Dashboard {
  const r = recorded
  return {
    slug: 'nodejs-runtime',
    title: 'Node.js runtime',
    description: 'Event loop, heap, garbage collection and handles, of each worker.',
    rows: [
      {
        title: 'Event loop',
        panels: [
          ofWorkers(
            'Event loop utilization',
            'percentunit',
            r.eventLoopUtilization,
            'Share of the time that it is busy.',
          ),
          ofWorkers(
            'Event loop delay, p99',
            's',
            r.eventLoopDelayP99,
            'One turn in a hundred is later; 10 ms are the timer’s own.',
          ),
          ofWorkers('Event loop delay, p50', 's', r.eventLoopDelayP50, 'Every second turn is later.'),
          ofWorkers(
            'Event loop delay, maximum',
            's',
            r.eventLoopDelayMax,
            'The longest block of the last 15 to 30 seconds.',
          ),
        ],
      },
      {
        title: 'Memory',
        panels: [
          ofWorkers('Heap used', 'bytes', r.heapUsed, 'All spaces of V8’s heap together.', 'sum'),
          {
            ...{ title: 'Heap of its limit', kind: 'lines', unit: 'percentunit', alarming: [0.8, 0.9] },
            description: 'Where it reaches 100 % the process ends.',
            queries: [query(`${records.heapRatio}${ofJob}`, worker)],
          },
          {
            ...{ title: 'Heap by space', kind: 'lines', unit: 'bytes', stacked: true },
            description: 'Over all workers. Old space is what stays.',
            queries: [
              query(
                `sum by (v8js_heap_space_name) (${select(r.heapUsed, chosen)})`,
                '{{v8js_heap_space_name}}',
              ),
            ],
          },
          ofWorkers('External memory', 'bytes', r.externalMemory, 'Outside of the heap: buffers.'),
        ],
      },
      {
        title: 'Garbage collection',
        panels: [
          {
            ...{ title: 'Time in garbage collection', kind: 'lines', unit: 'percentunit' },
            description: 'Seconds a second, over all workers, by kind.',
            queries: [
              query(
                `sum by (v8js_gc_type) (rate(${select(r.gcDuration, chosen, '', 'sum')}[${chosen.range}]))`,
                '{{v8js_gc_type}}',
              ),
            ],
          },
          {
            ...{ title: 'Pauses, p99', kind: 'lines', unit: 's' },
            description: 'One collection in a hundred takes longer.',
            queries: [query(quantile(0.99, r.gcDuration, chosen, 'v8js_gc_type'), '{{v8js_gc_type}}')],
          },
        ],
      },
      {
        title: 'Process',
        panels: [
          ofWorkers(
            'Active resources',
            'short',
            r.activeResources,
            'Handles, requests and timers that keep the process alive.',
            'sum',
          ),
          {
            ...{ title: 'Active resources by type', kind: 'lines', unit: 'short', stacked: true },
            description: 'Over all workers. What only grows is a leak.',
            queries: [
              query(
                `sum by (v8js_resource_type) (${select(r.activeResources, chosen)})`,
                '{{v8js_resource_type}}',
              ),
            ],
          },
          {
            ...{ title: 'CPU', kind: 'lines', unit: 'short', stacked: true },
            description: 'CPUs in use by all processes.',
            queries: [query(rate(r.cpuTime, chosen, 'cpu_mode'), '{{cpu_mode}}')],
          },
          ofWorkers('CPU of the process', 'percentunit', r.cpuUtilization, 'Of all CPUs that it may use.'),
          {
            ...{ title: 'File descriptors', kind: 'lines', unit: 'percentunit', alarming: [0.6, 0.8] },
            description: 'Open ones, of those that the process may have.',
            queries: [query(`${max(r.descriptors)} / ${max(r.descriptorsLimit)}`, worker)],
          },
          {
            ...{ title: 'Threads', kind: 'lines', unit: 'short' },
            description: 'Of all processes.',
            queries: [query(`sum by (instance) (${select(r.threads, chosen)})`, '{{instance}}')],
          },
        ],
      },
    ],
  }
}

type Recorded = (typeof recorded)[keyof typeof recorded]

function ofWorkers(
  title: string,
  unit: string,
  metric: Recorded,
  description: string,
  how: 'max' | 'sum' = 'max',
): Panel {
  const expr = `${how} by (${perWorker}) (${select(metric, chosen)})`
  return { title, description, kind: 'lines', unit, queries: [query(expr, worker)] }
}

function max(metric: Recorded): string {
  return `max by (${perWorker}) (${select(metric, chosen)})`
}
