import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { type Running, run, start } from './process.ts'

let app: Running | undefined
afterEach(() => app?.stop())

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

test('what is set otherwise than by default stands in the line; what may be secret stands there by name only', async () => {
  app = start(['--require', '@tutti/preload', 'apps/http.cjs'], {
    OTEL_SERVICE_NAME: 'shop',
    OTEL_RESOURCE_ATTRIBUTES: 'token=hunter2',
    OTEL_METRICS_EXPORTER: 'prometheus',
    TUTTI_CARDINALITY_LIMIT: '10',
  })
  const [line] = await app.says('stderr', /tutti: shop metrics on .*\n/)
  expect(line).toContain(`(${version} on Node ${process.versions.node}, `)
  expect(line).toContain(
    '; set: OTEL_SERVICE_NAME=shop, OTEL_RESOURCE_ATTRIBUTES, OTEL_EXPORTER_PROMETHEUS_PORT=0, ' +
      'TUTTI_CARDINALITY_LIMIT=10; ',
  )
  expect(app.stderr()).not.toContain('hunter2')
})

test('for machines it is one object', async () => {
  app = start(['--require', '@tutti/preload', 'apps/http.cjs'], {
    OTEL_SERVICE_NAME: 'shop',
    OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http',
    TUTTI_START_LINE: 'json',
  })
  const [line] = await app.says('stderr', /^\{.*\}\n/m)
  expect(app.stderr()).toBe(line)
  expect(JSON.parse(line)).toEqual({
    tutti: version,
    node: process.versions.node,
    service: 'shop',
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/),
    instrumentations: ['http'],
    traces: [],
    logs: [],
    directory: expect.stringMatching(/shop-\d+-[0-9a-f]{8}$/),
    set: {
      OTEL_SERVICE_NAME: 'shop',
      OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http',
      OTEL_EXPORTER_PROMETHEUS_PORT: '0',
      TUTTI_START_LINE: 'json',
    },
  })
})

test('it says where traces and logs go, and a name that only traces have is no mistake', async () => {
  const env = {
    OTEL_TRACES_EXPORTER: 'otlp,console',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'graphql,socket.io,pg',
    OTEL_METRICS_EXPORTER: 'none',
    // Nobody is there.
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
  }
  const { code, stderr } = await run(['--require', '@tutti/preload', '-e', ''], env)
  expect(code).toBe(0)
  expect(stderr).toMatch(/, \d+ instrumentations, traces to otlp and console, logs to otlp, directory /)
  expect(stderr).not.toContain('graphql",')
  const mistaken = { ...env, OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'graphql,grapql', TUTTI_START_LINE: 'json' }
  const lines = (await run(['--require', '@tutti/preload', '-e', ''], mistaken)).stderr.split('\n')
  expect(lines[0]).toMatch(/names "grapql", for which there are neither metrics nor traces; ignored/)
  expect(JSON.parse(lines[1]!)).toMatchObject({ traces: ['otlp', 'console'], logs: ['otlp'] })
})

test.each([
  [{ TUTTI_START_LINE: 'off' }, ['TUTTI_METRICS_ENABLED="maybe"']],
  [{ OTEL_LOG_LEVEL: 'warn' }, ['TUTTI_METRICS_ENABLED="maybe"']],
  [{ OTEL_LOG_LEVEL: 'ERROR' }, []],
  [{ OTEL_LOG_LEVEL: 'none' }, []],
])('with %o only this is said: %j', async (env, said) => {
  const bad = {
    TUTTI_METRICS_ENABLED: 'maybe',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_EXPORTER_PROMETHEUS_PORT: '',
  }
  const { code, stderr } = await run(['--require', '@tutti/preload', 'apps/ends.cjs', 'works'], {
    ...bad,
    ...env,
  })
  expect(code).toBe(0)
  const lines = stderr.split('\n').filter(line => line.startsWith('tutti: '))
  expect(lines.map(line => line.split(' ')[1])).toEqual(said)
})
