import { recorded as r } from '../names/recorded.ts'
import { select } from '../promql.ts'
import { operationRow, poolRow } from './database-rows.ts'
import { p95Panel, ratePanel, sharePanel } from './lines-by-label.ts'
import { type Dashboard, query, type Row } from './panel.ts'
import { chosen } from './scope.ts'

export function databaseAndCache(): Dashboard {
  return {
    slug: 'database-and-cache',
    title: 'Database and cache',
    description: 'Pools, how long operations take, which fail, and whether the cache helps.',
    rows: [poolRow(), operationRow(), cacheRow(), queueRow(), otherServicesRow()],
  }
}

function cacheRow(): Row {
  return {
    title: 'Cache',
    panels: [
      sharePanel({
        title: 'Hit rate',
        description: 'Of values that were asked for and answered, those that were there.',
        ...{ metric: r.cacheRequests, by: 'cache_key_pattern' },
        ...{ matching: 'cache_result="hit"', among: 'cache_result!="failure"' },
      }),
      ratePanel({
        title: 'Requests',
        description: 'A second, by result.',
        ...{ metric: r.cacheRequests, by: 'cache_result', unit: 'reqps', stacked: true },
      }),
    ],
  }
}

function queueRow(): Row {
  const queue = 'messaging_destination_name'
  return {
    title: 'Queues',
    panels: [
      {
        ...{ title: 'Jobs', kind: 'lines', unit: 'short' },
        description: 'In the queues, by state.',
        queries: [
          query(
            `max by (${queue}, bullmq_queue_jobs_state) (${select(r.queueJobs, chosen)})`,
            `{{${queue}}} {{bullmq_queue_jobs_state}}`,
          ),
        ],
      },
      p95Panel({
        title: 'Time of a job, p95',
        description: 'In the processor, by queue.',
        ...{ metric: r.messageProcessing, by: queue },
      }),
      ratePanel({
        title: 'Jobs sent',
        description: 'A second, by queue; with an error: those that could not be.',
        ...{ metric: r.messagesSent, by: `${queue}, error_type` },
      }),
      ratePanel({
        title: 'Jobs that failed',
        description: 'A second, by queue and error.',
        ...{ metric: r.messageProcessing, by: `${queue}, error_type`, matching: 'error_type!=""' },
      }),
    ],
  }
}

function otherServicesRow(): Row {
  const hosts = {
    ...{ metric: r.httpClientDuration, by: 'server_address, server_port' },
    legend: '{{server_address}}:{{server_port}}',
  }
  return {
    title: 'Other services',
    panels: [
      p95Panel({ title: 'Requests to others, p95', description: 'By host.', ...hosts }),
      sharePanel({
        title: 'Requests to others that fail',
        description: 'By host.',
        ...hosts,
        matching: 'error_type!=""',
      }),
    ],
  }
}
