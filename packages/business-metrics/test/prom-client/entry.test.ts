import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const require = createRequire(import.meta.url)

test('who imports it and who requires it have one registry, and the exports of prom-client', () => {
  const program = `
    import all, { Counter, contentType, register } from '@tutti/business-metrics/prom-client'
    import { createRequire } from 'node:module'
    import theirs from 'prom-client'
    const required = createRequire(import.meta.url)('@tutti/business-metrics/prom-client')
    new Counter({ name: 'a', help: 'b' })
    const missing = Object.keys(theirs).filter(name => !(name in required))
    console.log(JSON.stringify([
      all.register === register, required.register === register,
      required.register.getSingleMetric('a') !== undefined, contentType === register.contentType, missing,
    ]))`
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: root,
    encoding: 'utf8',
  })
  expect(JSON.parse(output)).toEqual([true, true, true, true, []])
})

test('the content type of the global registry can be set on the module', () => {
  const client = require('@tutti/business-metrics/prom-client')
  client.contentType = client.openMetricsContentType
  expect(client.register.contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
  client.contentType = client.prometheusContentType
  expect(client.contentType).toBe('text/plain; version=0.0.4; charset=utf-8')
})

test('nobody else loads it, and it needs nothing but the API', () => {
  for (const entry of ['index.mjs', 'index.cjs', 'recorded.mjs', 'testing.mjs'])
    expect(readFileSync(`${root}/dist/${entry}`, 'utf8')).not.toMatch(/TDigest|prom-client|Pushgateway/)
  const text = readFileSync(`${root}/dist/prom-client.cjs`, 'utf8')
  const required = new Set([...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name))
  expect([...required].filter(name => !name.startsWith('node:'))).toEqual(['@opentelemetry/api'])
})
