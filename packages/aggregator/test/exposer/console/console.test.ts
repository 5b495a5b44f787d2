import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import bcrypt from 'bcryptjs'
import { expect, onTestFinished, test } from 'vitest'
import { lazyConsole } from '../../../src/exposer/console/console.ts'
import { Deaths } from '../../../src/exposer/console/deaths.ts'
import { DirectoryReader } from '../../../src/snapshot/directory-reader.ts'
import { testProvider } from '../../provider.ts'
import { createAuthority } from '../certificates.ts'
import { ask, basic, testExposer, testFolder } from '../exposer.ts'

test('without being asked for, nothing of the console is there', async () => {
  const { get } = await testExposer()
  const nothing = { status: 404, body: 'Not Found. The metrics are on /metrics\n' }
  for (const path of ['/', '/-/workers', '/-/console/index.js']) {
    const answer = await get({ path })
    expect(answer).toMatchObject(nothing)
    expect(answer.headers).not.toHaveProperty('content-security-policy')
  }
})

test('where the package is not installed / answers as it does without the console', async () => {
  const answer = await testConsole(() => undefined)
  const { status, headers } = await answer('/')
  expect([status, headers['content-security-policy']]).toEqual([404, undefined])
  expect((await answer('/-/console/index-1a.js')).status).toBe(404)
  expect((await answer('/-/workers')).status).toBe(200)
})

test('its files are served, compressed where that is accepted, and nothing that lies beside them', async () => {
  const answer = await testConsole(consoleFolder)
  const page = await answer('/')
  expect([page.status, page.body]).toEqual([200, '<h1>console</h1>'])
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'content-length': '16',
  })
  const script = await answer('/-/console/index-1a.js')
  expect([script.body, script.headers['content-type']]).toEqual(['plain', 'text/javascript; charset=utf-8'])
  expect(script.headers['cache-control']).toBe('private, max-age=31536000, immutable')
  const compressed = await answer('/-/console/index-1a.js', { 'accept-encoding': 'gzip' })
  expect([compressed.body, compressed.headers['content-encoding']]).toEqual(['small', 'gzip'])
  // Not every file has a compressed one.
  expect((await answer('/', { 'accept-encoding': 'gzip' })).body).toBe('<h1>console</h1>')
  const beside = [
    '/-/console/../../secret.js',
    '/-/console/%2e%2e/%2e%2e/secret.js',
    '/-/console/..%2f..%2fsecret.js',
    '/-/console/',
    '/-/console/index-1a.js.gz',
    '/-/console/secret.key',
    '/-/console/none.js',
    '/index.html',
  ]
  for (const path of beside) expect([path, (await answer(path)).status]).toEqual([path, 404])
})

test('who may not read the metrics gets nothing of the console either', async () => {
  const files = testFolder({
    'web.yml': `basic_auth_users:\n  dev: ${bcrypt.hashSync('right', 4)}\n`,
    tokens: 'a-long-token-of-the-tests\n',
  })
  const { get } = await testExposer({
    console: true,
    webConfigFile: files.path('web.yml'),
    bearerTokenFile: files.path('tokens'),
  })
  for (const path of ['/', '/-/workers', '/-/console/index.js']) {
    expect((await get({ path })).status).toBe(401)
    expect((await get({ path, headers: basic('dev', 'wrong') })).status).toBe(401)
    expect((await get({ path, headers: { authorization: 'Bearer guessed' } })).status).toBe(401)
  }
  for (const headers of [basic('dev', 'right'), { authorization: 'Bearer a-long-token-of-the-tests' }])
    expect((await get({ path: '/-/workers', headers })).status).toBe(200)
})

test('over TLS it is served as the metrics are, and never without', async () => {
  const authority = await createAuthority('authority')
  const { cert, key } = await authority.issue('server')
  const files = testFolder({
    'web.yml': 'tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n',
    'server.crt': cert,
    'server.key': key,
  })
  const { get, port } = await testExposer({ console: true, webConfigFile: files.path('web.yml') })
  expect((await get({ path: '/-/workers', ca: authority.cert })).status).toBe(200)
  await expect(get({ path: '/-/workers', protocol: 'http:', port })).rejects.toThrow()
})

test('other methods are refused, HEAD has no body, and a query changes nothing', async () => {
  const { get } = await testExposer({ console: true })
  expect((await get({ path: '/-/workers', method: 'POST' })).status).toBe(405)
  const head = await get({ path: '/-/workers', method: 'HEAD' })
  expect([head.status, head.body]).toEqual([200, ''])
  expect((await get({ path: '/-/workers?x=1' })).status).toBe(200)
  expect((await get({ path: '/-/workers/1' })).status).toBe(404)
})

test('without its directory there are no workers to tell of', async () => {
  const { get, directory } = await testExposer({ console: true })
  rmSync(directory, { recursive: true })
  expect(await get({ path: '/-/workers' })).toMatchObject({ status: 503, body: 'Service Unavailable\n' })
})

/** The console alone, in front of a directory with one writer. */
async function testConsole(findConsole: () => string | undefined) {
  const { directory } = testProvider()
  const reader = new DirectoryReader(directory)
  const serve = lazyConsole({ reader, deaths: new Deaths(), path: '/metrics', findConsole })
  const server = createServer(async (request, response) => {
    if (await serve(request.url!, request, response)) return
    response.writeHead(404).end()
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.close()
    reader.close()
  })
  const { port } = server.address() as AddressInfo
  return (path: string, headers = {}) => ask(`http://127.0.0.1:${port}/`, { path, headers })
}

function consoleFolder(): string {
  const { folder } = testFolder({ 'secret.js': 'secret', 'secret.key': 'secret' })
  const app = join(folder, 'app')
  mkdirSync(join(app, '-/console'), { recursive: true })
  writeFileSync(join(app, 'index.html'), '<h1>console</h1>')
  writeFileSync(join(app, '-/console/index-1a.js'), 'plain')
  writeFileSync(join(app, '-/console/index-1a.js.gz'), 'small')
  writeFileSync(join(app, '-/console/secret.key'), 'secret')
  return app
}
