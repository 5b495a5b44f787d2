import { renameSync, symlinkSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { connect } from 'node:tls'
import { expect, test } from 'vitest'
import { type Authority, createAuthority, type Pem } from './certificates.ts'
import { eventually, send, testExposer, testFolder } from './exposer.ts'

const HOUR_MS = 3_600_000
const [authority, stranger]: Authority[] = await Promise.all([
  createAuthority('authority'),
  createAuthority('stranger'),
])
const [server, client]: Pem[] = await Promise.all([authority.issue('server'), authority.issue('prometheus')])
const ca = authority.cert

function filesOf({ cert, key }: Pem, more = '') {
  const yaml = `tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n${more}`
  return testFolder({ 'web.yml': yaml, 'server.crt': cert, 'server.key': key, 'clients.crt': ca })
}

const VERIFIED = '  client_ca_file: clients.crt\n  client_auth_type: RequireAndVerifyClientCert\n'

test('a page is scraped over TLS, and never without', async () => {
  const files = filesOf(server)
  const { url, scrape, get, port } = await testExposer({ webConfigFile: files.path('web.yml') })
  expect(url).toMatch(/^https:/)
  expect(await scrape({ ca })).toMatchObject({ orders_total: 1 })
  await expect(get({ protocol: 'http:', port })).rejects.toThrow()
  await expect(get()).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })
  await expect(get({ ca, maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1' })).rejects.toThrow()
})

test('one connection asks again as soon as it has its answer, as often as it likes', async () => {
  const files = filesOf(server)
  const { url, scrape } = await testExposer({ webConfigFile: files.path('web.yml') })
  const agent = new Agent({ ca, keepAlive: true, maxSockets: 1 })
  const status = () =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(url, { agent }, response => {
        response.resume().once('end', () => resolve(response.statusCode))
      })
      asked.once('error', reject).end()
    })
  for (let count = 0; count < 300; count++) expect(await status()).toBe(200)
  agent.destroy()
  expect(await scrape({ ca })).not.toHaveProperty('tutti_rejected_requests_total{reason="pipelined"}')
})

test('a client without a certificate, with a foreign one or an expired one is refused, said once, and scrapes go on', async () => {
  const files = filesOf(server, VERIFIED)
  const { scrape, get, warnings } = await testExposer({ webConfigFile: files.path('web.yml') })
  const foreign = await stranger.issue('prometheus')
  const expired = await authority.issue('prometheus', { notAfter: new Date(Date.now() - HOUR_MS) })
  for (const shown of [{}, foreign, expired]) await expect(get({ ca, ...shown })).rejects.toThrow()
  for (let each = 0; each < 5; each++) await expect(get({ ca, ...expired })).rejects.toThrow()
  const samples = await scrape({ ca, ...client })
  expect(samples).toMatchObject({
    orders_total: 1,
    'tutti_rejected_requests_total{reason="client_certificate"}': 8,
  })
  expect(warnings).toEqual([expect.stringContaining('127.0.0.1 was refused: it showed no certificate. ')])
})

test.each([
  ['RequestClientCert', [200, 200, 200]],
  ['RequireAnyClientCert', [200, 200, 0]],
  ['VerifyClientCertIfGiven', [200, 0, 200]],
  ['RequireAndVerifyClientCert', [200, 0, 0]],
])("%s lets in what it does in Go: the authority's, a foreign one, none", async (type, expected) => {
  const files = filesOf(server, `  client_ca_file: clients.crt\n  client_auth_type: ${type}\n`)
  const { get } = await testExposer({ webConfigFile: files.path('web.yml') })
  const foreign = await stranger.issue('prometheus')
  const statuses = [client, foreign, {}].map(shown =>
    get({ ca, ...shown }).then(
      ({ status }) => status,
      () => 0,
    ),
  )
  expect(await Promise.all(statuses)).toEqual(expected)
})

test('a trusted certificate of another name than the allowed ones is refused', async () => {
  const allowed = `${VERIFIED}  client_allowed_sans:\n    - prometheus\n    - 10.1.2.3\n`
  const files = filesOf(server, allowed)
  const { get, scrape, warnings } = await testExposer({ webConfigFile: files.path('web.yml') })
  await expect(get({ ca, ...(await authority.issue('grafana')) })).rejects.toThrow()
  await scrape({ ca, ...client })
  expect(warnings).toEqual([expect.stringMatching(/its certificate names nobody in client_allowed_sans\. /)])
})

test('a renewed certificate is served without a restart; a broken one changes nothing and is said once', async () => {
  const files = filesOf(server)
  const { port, scrape, warnings } = await testExposer({ webConfigFile: files.path('web.yml') })
  const first = await servedSerial(port)

  files.write('server.crt', 'not a certificate')
  expect(await servedSerial(port)).toBe(first)
  expect(await servedSerial(port)).toBe(first)
  expect(await scrape({ ca })).toMatchObject({ tutti_web_config_last_reload_successful: 0 })
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatch(
    /web\.yml: tls_server_config\.cert_file and its key can't be used \(.*\)\. Give a PEM .* What was read before holds until then\.$/,
  )

  const renewed = await authority.issue('server')
  files.write('server.crt', renewed.cert)
  expect(await servedSerial(port)).toBe(first)
  files.write('server.key', renewed.key)
  expect(await servedSerial(port)).not.toBe(first)
  expect(await scrape({ ca })).toMatchObject({ tutti_web_config_last_reload_successful: 1 })
})

test("a ConfigMap's links lead to the new files as soon as they are turned", async () => {
  const files = filesOf(server)
  const renewed = await authority.issue('server')
  const mounted = testFolder()
  const next = filesOf(renewed)
  symlinkSync(files.folder, mounted.path('..data'))
  for (const name of ['web.yml', 'server.crt', 'server.key'])
    symlinkSync(`..data/${name}`, mounted.path(name))
  const { port, warnings } = await testExposer({ webConfigFile: mounted.path('web.yml') })
  const first = await servedSerial(port)
  symlinkSync(next.folder, mounted.path('..data_tmp'))
  renameSync(mounted.path('..data_tmp'), mounted.path('..data'))
  expect(await servedSerial(port)).not.toBe(first)
  expect(warnings).toEqual([])
})

test('a connection that was made under older rules is not answered any more', async () => {
  const files = filesOf(server)
  const { port, scrape } = await testExposer({ webConfigFile: files.path('web.yml') })
  const socket = connect({ port, host: '127.0.0.1', ca })
  socket.setEncoding('latin1').on('error', () => {})
  let received = ''
  socket.on('data', chunk => {
    received += chunk
  })
  const request = 'GET /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n'
  socket.write(request)
  await eventually(() => received.endsWith('OK\n'))
  files.write('web.yml', `tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n${VERIFIED}`)
  socket.write(request)
  await eventually(() => socket.closed)
  expect(received.match(/200 OK/g)).toHaveLength(1)
  await expect(scrape({ ca })).rejects.toThrow()
  await scrape({ ca, ...client })
})

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'no %s session is taken up again: it would outlive its certificate',
  async version => {
    const files = filesOf(server, VERIFIED)
    const { port, url } = await testExposer({ webConfigFile: files.path('web.yml') })
    const how = { port, host: '127.0.0.1', ca, ...client, minVersion: version, maxVersion: version }
    const converse = (session?: Buffer) =>
      new Promise<{ isReused: boolean; session: Buffer | undefined }>((resolve, reject) => {
        const socket = connect({ ...how, ...(session && { session }) })
        let last = session
        socket.on('session', each => {
          last = each
        })
        socket.on('error', reject)
        socket.on('data', () => {
          resolve({ isReused: socket.isSessionReused(), session: last })
          socket.destroy()
        })
        socket.write(`GET /-/healthy HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`)
      })
    const { session } = await converse()
    expect((await converse(session)).isReused).toBe(false)
  },
)

test('protection is never taken away while the page is served: a file may be read half-written', async () => {
  const files = filesOf(server, VERIFIED)
  const { scrape, get, warnings } = await testExposer({ webConfigFile: files.path('web.yml') })
  for (const text of ['', 'tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n']) {
    files.write('web.yml', text)
    await expect(get({ ca })).rejects.toThrow()
    await scrape({ ca, ...client })
  }
  expect(warnings.filter(line => line.includes('while the page is served'))).toHaveLength(2)
})

test("the server's own certificate having ended is said", async () => {
  const files = filesOf(await authority.issue('server', { notAfter: new Date(Date.now() - HOUR_MS) }))
  const { get, scrape, warnings } = await testExposer({ webConfigFile: files.path('web.yml') })
  await expect(get({ ca })).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' })
  await scrape({ ca, rejectUnauthorized: false })
  expect(warnings[0]).toMatch(/^the page's certificate ended on \d{4}-/)
})

function servedSerial(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', ca }, () => {
      resolve(socket.getPeerCertificate().serialNumber)
      socket.destroy()
    })
    socket.on('error', reject)
  })
}

test('what is not TLS, or never becomes it, is refused, each said once, and scrapes go on', async () => {
  const files = filesOf(server)
  const { scrape, port, warnings } = await testExposer(
    { webConfigFile: files.path('web.yml') },
    { requestTimeoutMs: 200 },
  )
  for (let each = 0; each < 2; each++) {
    await send(port, 'GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n')
    await send(port, '\x16\x03\x01\x02')
    const old = connect({
      port,
      host: '127.0.0.1',
      ca,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1.1',
      ciphers: 'ALL@SECLEVEL=0',
    })
    await new Promise(resolve => old.once('error', resolve))
  }
  await expect
    .poll(() => scrape({ ca }), { timeout: 20_000 })
    .toMatchObject({
      'tutti_rejected_requests_total{reason="tls"}': 4,
      'tutti_rejected_requests_total{reason="slow_request"}': 2,
    })
  expect(warnings).toHaveLength(2)
})
