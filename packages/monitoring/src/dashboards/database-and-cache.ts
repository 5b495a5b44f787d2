import { recorded as r } from '../names/recorded.ts'
import { quantile, rate, select, share } from '../promql.ts'
import { type Dashboard, query } from './panel.ts'
import { chosen } from './scope.ts'

const pool = 'db_client_connection_pool_name'
const operation = 'db_system_name, db_operation_name'
const operationLegend = '{{db_system_name}} {{db_operation_name}}'

export function databaseAndCache(): Dashboard {
  return {
    slug: 'database-and-cache',
    title: 'Database and cache',
    description: 'Pools, how long operations take, which fail, and whether the cache helps.',
    rows: [
      {
        title: 'Pools',
        panels: [
          {
            ...{ title: 'Connections', kind: 'lines', unit: 'short', stacked: true },
            description: 'By state, over all processes.',
            queries: [
              query(
                `sum by (${pool}, db_client_connection_state) (${select(r.connections, chosen)})`,
                `{{${pool}}} {{db_client_connection_state}}`,
              ),
            ],
          },
          {
            ...{ title: 'Pool use', kind: 'lines', unit: 'percentunit', alarming: [0.8, 1] },
            description: 'Connections in use, of those that there can be.',
            queries: [
              query(
                `sum by (${pool}) (${select(r.connections, chosen, 'db_client_connection_state="used"')}) / sum by (${pool}) (${select(r.connectionsMax, chosen)})`,
                `{{${pool}}}`,
              ),
            ],
          },
          {
            ...{ title: 'Waiting', kind: 'lines', unit: 'short', alarming: [1, 10] },
            description: 'Callers that wait for a connection.',
            queries: [query(`sum by (${pool}) (${select(r.connectionsPending, chosen)})`, `{{${pool}}}`)],
          },
          {
            ...{ title: 'Time to get a connection, and to hold it', kind: 'lines', unit: 's' },
            description: 'p95.',
            queries: [
              query(quantile(0.95, r.connectionWait, chosen, pool), `wait {{${pool}}}`),
              query(quantile(0.95, r.connectionUse, chosen, pool), `use {{${pool}}}`),
            ],
          },
          {
            ...{ title: 'Connections opened', kind: 'lines', unit: 'ops' },
            description: 'A second; a pool that does well opens few.',
            queries: [query(rate(r.connectionsOpened, chosen, pool), `{{${pool}}}`)],
          },
          {
            ...{ title: 'Connections failed, waits in vain', kind: 'lines', unit: 'ops' },
            description: 'A second.',
            queries: [
              query(
                rate(r.connectionsFailed, chosen, `${pool}, error_type`),
                `failed {{${pool}}} {{error_type}}`,
              ),
              query(rate(r.connectionTimeouts, chosen, pool), `timeouts {{${pool}}}`),
            ],
          },
        ],
      },
      {
        title: 'Operations',
        panels: [
          {
            ...{ title: 'Operations', kind: 'lines', unit: 'ops' },
            description: 'A second, by what they are.',
            queries: [query(rate(r.databaseDuration, chosen, operation), operationLegend)],
          },
          {
            ...{ title: 'Time of operations, p95', kind: 'lines', unit: 's' },
            description: 'Commands of Redis that block last as long as they block.',
            queries: [query(quantile(0.95, r.databaseDuration, chosen, operation), operationLegend)],
          },
          {
            ...{ title: 'Errors', kind: 'lines', unit: 'percentunit', alarming: [0.01, 0.05] },
            description: 'Share of operations that end with an error.',
            queries: [
              query(
                share(r.databaseDuration, chosen, 'db_system_name', 'error_type!=""'),
                '{{db_system_name}}',
              ),
            ],
          },
          {
            ...{ title: 'Errors by type', kind: 'lines', unit: 'ops' },
            description: 'A second.',
            queries: [
              query(
                rate(r.databaseDuration, chosen, 'db_system_name, error_type', 'error_type!=""'),
                '{{db_system_name}} {{error_type}}',
              ),
            ],
          },
          {
            ...{ title: 'Rows written', kind: 'lines', unit: 'ops' },
            description: 'A second, by table.',
            queries: [
              query(
                rate(r.databaseRows, chosen, 'db_collection_name, db_operation_name'),
                '{{db_operation_name}} {{db_collection_name}}',
              ),
            ],
          },
          {
            ...{ title: 'Migrations', kind: 'stat', unit: 'short', isTall: true },
            description: 'That the database has, and lacks.',
            queries: [
              query(`max(${select(r.migrationsApplied, chosen)})`, 'applied'),
              query(`max(${select(r.migrationsPending, chosen)})`, 'pending'),
            ],
          },
        ],
      },
      {
        title: 'Cache',
        panels: [
          {
            ...{ title: 'Hit rate', kind: 'lines', unit: 'percentunit' },
            description: 'Of values that were asked for and answered, those that were there.',
            queries: [
              query(
                share(
                  r.cacheRequests,
                  chosen,
                  'cache_key_pattern',
                  'cache_result="hit"',
                  'cache_result!="failure"',
                ),
                '{{cache_key_pattern}}',
              ),
            ],
          },
          {
            ...{ title: 'Requests', kind: 'lines', unit: 'reqps', stacked: true },
            description: 'A second, by result.',
            queries: [query(rate(r.cacheRequests, chosen, 'cache_result'), '{{cache_result}}')],
          },
        ],
      },
      {
        title: 'Queues',
        panels: [
          {
            ...{ title: 'Jobs', kind: 'lines', unit: 'short' },
            description: 'In the queues, by state.',
            queries: [
              query(
                `max by (messaging_destination_name, bullmq_queue_jobs_state) (${select(r.queueJobs, chosen)})`,
                '{{messaging_destination_name}} {{bullmq_queue_jobs_state}}',
              ),
            ],
          },
          {
            ...{ title: 'Time of a job, p95', kind: 'lines', unit: 's' },
            description: 'In the processor, by queue.',
            queries: [
              query(
                quantile(0.95, r.messageProcessing, chosen, 'messaging_destination_name'),
                '{{messaging_destination_name}}',
              ),
            ],
          },
          {
            ...{ title: 'Jobs sent', kind: 'lines', unit: 'ops' },
            description: 'A second, by queue; with an error: those that could not be.',
            queries: [
              query(
                rate(r.messagesSent, chosen, 'messaging_destination_name, error_type'),
                '{{messaging_destination_name}} {{error_type}}',
              ),
            ],
          },
          {
            ...{ title: 'Jobs that failed', kind: 'lines', unit: 'ops' },
            description: 'A second, by queue and error.',
            queries: [
              query(
                rate(r.messageProcessing, chosen, 'messaging_destination_name, error_type', 'error_type!=""'),
                '{{messaging_destination_name}} {{error_type}}',
              ),
            ],
          },
        ],
      },
      {
        title: 'Other services',
        panels: [
          {
            ...{ title: 'Requests to others, p95', kind: 'lines', unit: 's' },
            description: 'By host.',
            queries: [
              query(
                quantile(0.95, r.httpClientDuration, chosen, 'server_address, server_port'),
                '{{server_address}}:{{server_port}}',
              ),
            ],
          },
          {
            ...{ title: 'Requests to others that fail', kind: 'lines', unit: 'percentunit' },
            description: 'By host.',
            queries: [
              query(
                share(r.httpClientDuration, chosen, 'server_address, server_port', 'error_type!=""'),
                '{{server_address}}:{{server_port}}',
              ),
            ],
          },
        ],
      },
    ],
  }
}
