import { recorded as r } from '../names/recorded.ts'
import { quantile, rate, select } from '../promql.ts'
import { p95Panel, ratePanel, sharePanel } from './lines-by-label.ts'
import { query, type Row } from './panel.ts'
import { chosen } from './scope.ts'

const pool = 'db_client_connection_pool_name'

export function poolRow(): Row {
  return {
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
      ratePanel({
        title: 'Connections opened',
        description: 'A second; a pool that does well opens few.',
        ...{ metric: r.connectionsOpened, by: pool },
      }),
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
  }
}

export function operationRow(): Row {
  const operations = { metric: r.databaseDuration, by: 'db_system_name, db_operation_name' }
  return {
    title: 'Operations',
    panels: [
      ratePanel({ title: 'Operations', description: 'A second, by what they are.', ...operations }),
      p95Panel({
        title: 'Time of operations, p95',
        description: 'Commands of Redis that block last as long as they block.',
        ...operations,
      }),
      sharePanel({
        title: 'Errors',
        description: 'Share of operations that end with an error.',
        ...{ metric: r.databaseDuration, by: 'db_system_name', matching: 'error_type!=""' },
        alarming: [0.01, 0.05],
      }),
      ratePanel({
        title: 'Errors by type',
        description: 'A second.',
        ...{ metric: r.databaseDuration, by: 'db_system_name, error_type', matching: 'error_type!=""' },
      }),
      ratePanel({
        title: 'Rows written',
        description: 'A second, by table.',
        ...{ metric: r.databaseRows, by: 'db_collection_name, db_operation_name' },
        legend: '{{db_operation_name}} {{db_collection_name}}',
      }),
      {
        ...{ title: 'Migrations', kind: 'stat', unit: 'short', isTall: true },
        description: 'That the database has, and lacks.',
        queries: [
          query(`max(${select(r.migrationsApplied, chosen)})`, 'applied'),
          query(`max(${select(r.migrationsPending, chosen)})`, 'pending'),
        ],
      },
    ],
  }
}
