import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renderReference } from '../../reference/render.ts'
import { catalog } from '../../src/metrics/catalog.ts'

test('METRICS.md is what the catalog says; if not: npm run --workspace @tutti/control-plane reference', () => {
  expect(readFileSync(new URL('../../METRICS.md', import.meta.url), 'utf8')).toBe(renderReference())
})

test('the catalog has every metric that a platform of this kind is asked for', () => {
  const names = catalog
    .describe()
    .metrics.flatMap(({ instruments }) => instruments.map(({ prometheusName }) => prometheusName))
  expect(names).toEqual(
    expect.arrayContaining([
      'deployment_total',
      'deployment_duration_seconds',
      'deployment_time_to_compliance_seconds',
      'ring_promotion_total',
      'promotion_gate_success_rate',
      'circuit_breaker_state',
      'connector_health',
      'db_connection_pool_size',
      'feed_polls_total',
      'feed_poll_duration_seconds',
      'feed_items_discovered_total',
      'active_feeds',
      'import_jobs_total',
      'import_job_duration_seconds',
      'import_items_processed_total',
      'export_operations_total',
      'export_duration_seconds',
      'unfurl_operations_total',
    ]),
  )
})
