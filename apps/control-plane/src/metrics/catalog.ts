import { defineCatalog } from '@tutti/business-metrics'
import manifest from '../../package.json' with { type: 'json' }
import { connectorMetrics } from '../connectors/metrics.ts'
import { databaseMetrics } from '../database/metrics.ts'
import { deploymentMetrics } from '../deployments/metrics.ts'
import { feedMetrics } from '../feeds/metrics.ts'
import { ringMetrics } from '../rings/metrics.ts'
import { transferMetrics } from '../transfers/metrics.ts'
import { unfurlMetrics } from '../unfurl/metrics.ts'

/** Everything that the control plane measures of its business; what libraries do, the preload sees by itself. */
export const catalog = defineCatalog(
  { name: 'control-plane', version: manifest.version },
  {
    ...deploymentMetrics,
    ...ringMetrics,
    ...connectorMetrics,
    ...feedMetrics,
    ...transferMetrics,
    ...unfurlMetrics,
    ...databaseMetrics,
  },
)
