import { startPostgres } from '@tutti/test-servers'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { pageUrl, readPage, waitForPage } from '../page.ts'
import { type Running, run, start } from '../process.ts'
import { type ReceivedSpan, type Receiver, startReceiver } from './receiver.ts'

const SERVER = 2
const CLIENT = 3

let database: Awaited<ReturnType<typeof startPostgres>>
let receiver: Receiver
let app: Running | undefined
beforeAll(async () => {
  database = await startPostgres()
})
afterAll(() => database.stop())
afterEach(async () => {
  await app?.stop()
  app = undefined
  await receiver?.close()
})

async function startTraced(
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ app: Running; port: string }> {
  receiver = await startReceiver()
  app = start(args, {
    DATABASE_URL: database.url,
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    // Longer than the test: what arrives was flushed.
    OTEL_BSP_SCHEDULE_DELAY: '60000',
    OTEL_BLRP_SCHEDULE_DELAY: '60000',
    OTEL_SERVICE_NAME: 'shop',
    OTEL_RESOURCE_ATTRIBUTES: 'team=a',
    ...env,
  })
  const [, port] = await app.says('stdout', /listening (\d+)/)
  return { app, port: port! }
}

/** Ends the app as an orchestrator does; returns how long that took. */
async function end({ process }: Running): Promise<number> {
  const begin = performance.now()
  const ended = new Promise(resolve => process.once('exit', resolve))
  process.kill('SIGTERM')
  await ended
  return performance.now() - begin
}

async function readExemplars(running: Running): Promise<string[]> {
  const page = await fetch(await pageUrl(running), { headers: { accept: 'application/openmetrics-text' } })
  return (await page.text()).split('\n').filter(line => /^http_server_request_duration.* # /.test(line))
}

const ofKind = (kind: number, scope: RegExp): ReceivedSpan[] =>
  receiver.spans.filter(span => span.kind === kind && scope.test(span.scope))

describe('traces of a cluster', () => {
  test('a request has its query as child, resource and trace of the page, and logs that belong to it', async () => {
    const { app, port } = await startTraced(['--require', '@tutti/preload', 'apps/traced.cjs'], {
      OTEL_LOGS_EXPORTER: 'otlp',
    })
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    const response = await fetch(`http://127.0.0.1:${port}/users/7`, { headers: { traceparent } })
    expect(await response.json()).toEqual({ one: 1 })
    const samples = await waitForPage(app, page =>
      Object.keys(page).some(name => name.startsWith('http_server_request_duration_seconds_count')),
    )
    const page = await fetch(await pageUrl(app), { headers: { accept: 'application/openmetrics-text' } })
    const exemplars = (await page.text())
      .split('\n')
      .filter(line => /^http_server_request_duration.* # /.test(line))

    expect(await end(app)).toBeLessThan(5_000)
    const [request, ...others] = ofKind(SERVER, /instrumentation-http$/)
    expect(others).toEqual([])
    expect(request).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331',
    })
    const query = ofKind(CLIENT, /instrumentation-pg$/).find(span => span.name.startsWith('pg.query'))
    expect(query?.traceId).toBe(request!.traceId)
    expect(ancestors(query!)).toContain(request!.spanId)

    expect(exemplars).toHaveLength(1)
    expect(exemplars[0]).toContain(`trace_id="${request!.traceId}"`)
    expect(exemplars[0]).toContain(`span_id="${request!.spanId}"`)

    const target = Object.keys(samples).find(name => name.startsWith('target_info{'))!
    const onPage = Object.fromEntries(
      [...target.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    )
    const onSpan = Object.entries(request!.resource).map(([name, value]) => [
      name.replaceAll('.', '_'),
      value,
    ])
    expect(Object.fromEntries(onSpan)).toEqual(onPage)

    const asked = receiver.logs.filter(log => log.body === 'asked')
    expect(asked).toEqual([
      expect.objectContaining({ traceId: request!.traceId, resource: request!.resource }),
    ])
  })

  test('no metric is recorded twice, none is pushed, and none of upstream is on the page', async () => {
    const { app, port } = await startTraced(['--require', '@tutti/preload', 'apps/traced.cjs'])
    for (let request = 0; request < 10; request++)
      await (await fetch(`http://127.0.0.1:${port}/users/7`)).text()
    const count =
      'http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",http_route="/users/:id",network_protocol_version="1.1",url_scheme="http"}'
    await waitForPage(app, page => page[count] === 10)
    const text = await (await fetch(await pageUrl(app))).text()
    const scopes = new Set([...text.matchAll(/otel_scope_name="([^"]+)"/g)].map(([, scope]) => scope))
    expect([...scopes].filter(scope => scope!.startsWith('@opentelemetry/'))).toEqual([])
    const queries = Object.entries(await readPage(app)).filter(([name]) =>
      name.startsWith('db_client_operation_duration_seconds_count'),
    )
    expect(queries.map(([, value]) => value)).toEqual([10])
    expect(app.stderr().match(/tutti:/g)).toHaveLength(1)
    await end(app)
    expect(new Set(receiver.paths)).toEqual(new Set(['/v1/traces']))
  })
})

function ancestors(span: ReceivedSpan): string[] {
  const parent = receiver.spans.find(({ spanId }) => spanId === span.parentSpanId)
  return parent === undefined ? [] : [parent.spanId, ...ancestors(parent)]
}

describe.each(['--require', '--import'])('%s', flag => {
  test('an ESM app that imports its libraries has the spans of both, and its exemplars lead to them', async () => {
    const { app, port } = await startTraced([flag, '@tutti/preload', 'apps/traced.mjs'])
    await (await fetch(`http://127.0.0.1:${port}/`)).text()
    await expect.poll(() => readExemplars(app)).toHaveLength(1)
    const [exemplar] = await readExemplars(app)
    await end(app)
    const [request] = ofKind(SERVER, /instrumentation-http$/)
    const [query] = ofKind(CLIENT, /instrumentation-pg$/)
    expect(request).toBeDefined()
    expect(query?.traceId).toBe(request!.traceId)
    expect(exemplar).toContain(`# {trace_id="${request!.traceId}",span_id="${request!.spanId}"}`)
  })
})

test('the variables that select instrumentations hold for metrics and traces', async () => {
  const { app, port } = await startTraced(['--require', '@tutti/preload', 'apps/traced.cjs'], {
    OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'pg',
  })
  await (await fetch(`http://127.0.0.1:${port}/users/7`)).text()
  const page = await waitForPage(app, page =>
    Object.keys(page).some(name => name.startsWith('http_server_request')),
  )
  expect(Object.keys(page).filter(name => name.startsWith('db_client_operation'))).toEqual([])
  await end(app)
  expect(ofKind(SERVER, /instrumentation-http$/)).toHaveLength(1)
  expect(ofKind(CLIENT, /instrumentation-pg$/)).toEqual([])
})

test('the variables of the sampler and of propagation hold', async () => {
  const { app, port } = await startTraced(['--require', '@tutti/preload', 'apps/traced.cjs'], {
    OTEL_TRACES_SAMPLER: 'parentbased_always_off',
    OTEL_PROPAGATORS: 'b3',
  })
  await (await fetch(`http://127.0.0.1:${port}/users/7`)).text()
  const b3 = '80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1'
  await (await fetch(`http://127.0.0.1:${port}/users/7`, { headers: { b3 } })).text()
  await end(app)
  expect(ofKind(SERVER, /./).map(span => span.traceId)).toEqual(['80f198ee56343ba864fe8b2a57d3eff7'])
})

test('unless traces or logs are asked for, nothing of them is loaded', async () => {
  const loaded =
    'console.log(Object.keys(require.cache).filter(name => /sdk-node|sdk-trace|sdk-logs|auto-instr|in-the-middle/.test(name)))'
  for (const env of [{}, { OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: ' ' }]) {
    const ended = await run(['--require', '@tutti/preload', '-e', loaded], {
      OTEL_METRICS_EXPORTER: 'none',
      ...env,
    })
    expect(ended).toMatchObject({ code: 0, stdout: '[]\n' })
  }
})

test('without metrics there are traces all the same, and no page', async () => {
  const { app, port } = await startTraced(['--require', '@tutti/preload', 'apps/traced.cjs'], {
    TUTTI_METRICS_ENABLED: 'false',
  })
  await (await fetch(`http://127.0.0.1:${port}/users/7`)).text()
  await end(app)
  expect(ofKind(SERVER, /instrumentation-http$/)).toHaveLength(1)
  expect(app.stderr()).toBe('')
})

test('an exporter that does not exist is one line, and the others are used', async () => {
  const ended = await run(['--require', '@tutti/preload', '-e', ''], {
    OTEL_TRACES_EXPORTER: 'jaeger',
    OTEL_METRICS_EXPORTER: 'none',
  })
  expect(ended.code).toBe(0)
  expect(ended.stderr.split('\n')[0]).toBe(
    'tutti: OTEL_TRACES_EXPORTER="jaeger": there is no exporter jaeger; using none. ' +
      'Set it to otlp, console, zipkin or none, or several of them with commas between.',
  )
})
