import { pool } from '@tutti/business-metrics'

export const databaseMetrics = {
  databaseConnections: pool({
    name: 'db.connection.pool',
    group: 'database',
    description: 'Connections to PostgreSQL, over all processes.',
  }),
}
