import { afterEach, expect, test } from 'vitest'
import { pageUrl } from './page.ts'
import { type Running, start } from './process.ts'

let app: Running
afterEach(() => app?.stop())

test('variables decide how the page names things and what stands on every sample', async () => {
  app = start(['--require', '@tutti/preload', 'apps/http.cjs'], {
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging,team=a',
    TUTTI_TRANSLATION_STRATEGY: 'UnderscoreEscapingWithoutSuffixes',
    TUTTI_RESOURCE_CONSTANT_LABELS: 'deployment.*',
    TUTTI_CREATED_TIMESTAMPS: 'true',
    TUTTI_WITHOUT_SCOPE_INFO: 'true',
    TUTTI_WITHOUT_TARGET_INFO: 'true',
  })
  const url = await pageUrl(app)
  const headers = { accept: 'application/openmetrics-text; version=1.0.0' }
  const page = await (await fetch(url, { headers })).text()
  expect(page).toMatch(/^nodejs_eventloop_time\{deployment_environment_name="staging",/m)
  expect(page).toMatch(/^tutti_writers\{deployment_environment_name="staging"\} 1$/m)
  expect(page).not.toMatch(/otel_scope|target_info|team=/)
})

test('a strategy that is none is one line, and the default', async () => {
  app = start(['--require', '@tutti/preload', 'apps/http.cjs'], { TUTTI_TRANSLATION_STRATEGY: 'snake_case' })
  const page = await (await fetch(await pageUrl(app))).text()
  expect(page).toMatch(/^nodejs_eventloop_time_seconds_total\{/m)
  expect(app.stderr().split('\n')[0]).toBe(
    'tutti: TUTTI_TRANSLATION_STRATEGY="snake_case" is not known; using UnderscoreEscapingWithSuffixes. Set it to one ' +
      'of UnderscoreEscapingWithSuffixes, UnderscoreEscapingWithoutSuffixes, NoUTF8EscapingWithSuffixes, NoTranslation.',
  )
})
