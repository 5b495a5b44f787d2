import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { pageUrl, readPage, waitForPage } from './page.ts'
import { type Running, run, start } from './process.ts'

let app: Running
afterEach(() => app?.stop())

describe.each(['--require', '--import'])('%s', flag => {
  test('an ESM app has its routes and its own metrics on the page, and one line says where that is', async () => {
    app = start([flag, '@tutti/preload', 'apps/fastify.mjs'], { OTEL_SERVICE_NAME: 'shop' })
    const [, port] = await app.says('stdout', /listening (\d+)/)
    for (const id of ['a', 'b', 'c']) await fetch(`http://127.0.0.1:${port}/users/${id}`)
    const request =
      'http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",' +
      'http_route="/users/:id",network_protocol_version="1.1",url_scheme="http"}'
    const samples = await waitForPage(app, page => page[request] === 3)
    expect(samples.started_total).toBe(1)
    expect(samples['http_server_active_requests{http_request_method="GET",url_scheme="http"}']).toBe(0)
    expect(Object.keys(samples).filter(name => name.startsWith('target_info{'))).toEqual([
      'target_info{service_name="shop",telemetry_sdk_language="nodejs",' +
        'telemetry_sdk_name="@tutti/aggregator",telemetry_sdk_version="0.1.0"}',
    ])
    expect(app.stdout()).toBe(`listening ${port}\n`)
    expect(app.stderr()).toMatch(
      new RegExp(
        '^tutti: shop metrics on http://localhost:\\d+/metrics \\(\\S+ on Node \\S+, \\d+ instrumentations, ' +
          'directory \\S+; set: OTEL_SERVICE_NAME=shop, OTEL_EXPORTER_PROMETHEUS_PORT=0; ' +
          'OTEL_EXPORTER_PROMETHEUS_HOST=0.0.0.0 opens it to other machines\\)\n$',
      ),
    )
  })

  test('an app that was started with it ends as before when it has nothing left to do', async () => {
    const ended = await run([flag, '@tutti/preload', 'apps/ends.cjs', 'works'])
    expect(ended).toMatchObject({ code: 0, signal: null, stdout: 'out\n' })
  })
})

test('loaded several times and in both ways it is there once', async () => {
  const twice = ['--require', '@tutti/preload', '--import', '@tutti/preload', '--require', '@tutti/preload']
  app = start([...twice, 'apps/http.cjs'])
  await pageUrl(app)
  expect(await readPage(app)).toMatchObject({ tutti_writers: 1 })
  expect(app.stderr().match(/tutti:/g)).toHaveLength(1)
})

test('by NODE_OPTIONS it reaches every process and thread of a service, and each has its own provider', async () => {
  app = start(['apps/family.cjs'], { NODE_OPTIONS: '--require @tutti/preload' })
  const places = ['main', 'fork', 'spawned', 'thread']
  const samples = await waitForPage(app, page =>
    places.every(place => page[`visits_total{place="${place}"}`] === 1),
  )
  expect(samples.tutti_writers).toBe(4)
  expect(app.stderr().match(/tutti:/g)).toHaveLength(1)
})

test('a fork and a thread inherit --require from the command line', async () => {
  app = start(['--require', '@tutti/preload', 'apps/family.cjs'])
  const places = ['main', 'fork', 'spawned', 'thread']
  const samples = await waitForPage(app, page =>
    places.every(place => page[`visits_total{place="${place}"}`] === 1),
  )
  expect(samples.tutti_writers).toBe(4)
})

test('a thread with an environment of its own is on the page of its process, and its environment stays as given', async () => {
  app = start(['--require', '@tutti/preload', 'apps/own-environment.cjs'])
  await waitForPage(app, page => page['visits_total{place="thread"}'] === 1)
  expect(app.stdout()).toBe('MINE\n')
})

test('a thread with an environment of its own loads nothing where its process does not', async () => {
  app = start(['--require', '@tutti/preload', 'apps/own-environment.cjs'], { OTEL_SDK_DISABLED: 'true' })
  await app.says('stdout', /MINE/)
  expect([app.stdout(), app.stderr()]).toEqual(['MINE\n', ''])
})

test('under node --watch, whose threads report their files to whoever started them, there is a page', async () => {
  app = start(['--require', '@tutti/preload', 'apps/http.cjs'], { WATCH_REPORT_DEPENDENCIES: '1' })
  expect(await readPage(app)).toMatchObject({ tutti_writers: 1 })
  expect(app.stderr().match(/tutti:/g)).toHaveLength(1)
})

test('a cluster has one page with what all its processes recorded', async () => {
  app = start(['--require', '@tutti/preload', 'apps/cluster.cjs'])
  const [, port] = await app.says('stdout', /listening (\d+)/)
  await app.says('stdout', /listening \d+\nlistening \d+/)
  for (let request = 0; request < 20; request++) await fetch(`http://127.0.0.1:${port}/`)
  const samples = await waitForPage(
    app,
    page =>
      page[
        'http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",network_protocol_version="1.1",url_scheme="http"}'
      ] === 20,
  )
  expect(samples['visits_total{place="primary"}']).toBe(1)
  expect(samples['visits_total{place="worker"}']).toBe(2)
  expect(app.stderr().match(/tutti:/g)).toHaveLength(1)
})

test('the directory of a service that has ended does not stay for ever', async () => {
  app = start(['--require', '@tutti/preload', 'apps/http.cjs'])
  const [, directory] = await app.says('stderr', /directory (\S+);/)
  expect(existsSync(directory!)).toBe(true)
  await app.stop()
  // The next service that starts on this machine clears away what nobody holds any more.
  await run(['--require', '@tutti/preload', 'apps/ends.cjs', 'works'])
  expect(existsSync(directory!)).toBe(false)
})

test('a token file and a web configuration protect the page, and private attributes are not on it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-protected-'))
  try {
    const token = 'a-token-of-this-test'
    writeFileSync(join(folder, 'token'), `${token}\n`)
    writeFileSync(join(folder, 'web.yml'), 'http_server_config:\n  headers:\n    X-Frame-Options: deny\n')
    app = start(['--require', '@tutti/preload', 'apps/http.cjs'], {
      TUTTI_WEB_CONFIG_FILE: join(folder, 'web.yml'),
      TUTTI_BEARER_TOKEN_FILE: join(folder, 'token'),
      OTEL_RESOURCE_ATTRIBUTES: 'process.command_line=node --password=secret,host.id=1,team=a',
      TUTTI_SHOWN_RESOURCE_ATTRIBUTES: 'host.id',
    })
    const url = await pageUrl(app)
    const refused = await fetch(url)
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    const page = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    expect([page.status, page.headers.get('x-frame-options')]).toEqual([200, 'deny'])
    const text = await page.text()
    expect(text).toMatch(/target_info\{.*host_id="1".*team="a"/)
    expect(text).not.toContain('secret')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a web configuration that can not be followed is one line, the app runs on, and no page is served', async () => {
  app = start(['--require', '@tutti/preload', 'apps/http.cjs'], { TUTTI_WEB_CONFIG_FILE: '/no/such/web.yml' })
  await app.says('stdout', /listening/)
  await app.says('stderr', /the page appears when it can/)
  expect(app.stderr()).toBe(
    "tutti: the page can't be served on 127.0.0.1:0: /no/such/web.yml: the web configuration can't be read (ENOENT). " +
      'Give the path of a file that this user can read; metrics are recorded meanwhile, and the page appears when it can.\n',
  )
})
