import { pool } from '@tutti/business-metrics'

export const databaseMetrics = {
  databaseConnections: pool({
    name: 'db.connection.pool',
    description: 'Connections to PostgreSQL, over all processes.',
  }),
}
