import type { Finding } from '../finding.ts'
import type { Service } from '../service.ts'
import { constantOf, propertyOf } from '../source/parse-source.ts'
import { findUses } from '../source/sdk.ts'
import { report } from './report.ts'

const CLUSTER = /(?:require\s*\(\s*|from\s+|import\s*\(?\s*)['"](?:node:)?cluster['"]/

export function exporterInWorkers(service: Service): readonly Finding[] {
  const clustered = service.sources.some(
    ({ text }) => CLUSTER.test(text) && /\bfork\s*\(|setupPrimary|setupMaster/.test(text),
  )
  const byPm2 = service.launches.find(({ isCluster }) => isCluster === true)
  if (!clustered && byPm2 === undefined) return []
  const by = clustered ? 'cluster.fork()' : `PM2, as ${byPm2!.label}`
  return findUses(service, ['PrometheusExporter'])
    .filter(({ node }) => node.type === 'NewExpression')
    .flatMap(use => {
      const options = (use.node.arguments as unknown[])[0]
      const port = constantOf(propertyOf(options, 'port')) ?? 9464
      // Mounted on the app's own server, or on any free port, it takes nobody's.
      if (constantOf(propertyOf(options, 'preventServerStart')) === true || port === 0) return []
      return [
        report(
          'TUTTI304',
          use,
          `a PrometheusExporter on port ${port} in each of the workers that are made by ${by}`,
        ),
      ]
    })
}
