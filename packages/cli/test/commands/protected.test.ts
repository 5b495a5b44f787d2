import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { tutti } from '../process.ts'
import { type Service, startService } from '../service.ts'

const folder = mkdtempSync(join(tmpdir(), 'tutti-protected-'))
const file = (name: string) => join(folder, name)
const token = 'a-secret-of-32-characters-or-more'
/** Of "a-password", with few rounds so that nobody waits for it. */
const hash = '$2b$05$TR14/VhkgUDI76kL5qjEOO2uQCb20JLNFn0m4gW.rBcDAzOQAtEwa'

beforeAll(() => {
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-keyout', file('key.pem'), '-out', file('cert.pem'), '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ],
    { stdio: 'ignore' },
  )
  const tls = `tls_server_config:\n  cert_file: ${file('cert.pem')}\n  key_file: ${file('key.pem')}\n`
  writeFileSync(file('tls.yml'), tls)
  writeFileSync(file('tls-and-password.yml'), `${tls}basic_auth_users:\n  reader: ${hash}\n`)
  writeFileSync(file('token'), `${token}\n`)
  writeFileSync(file('other-token'), 'another-secret-of-32-characters-or-more\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let service: Service | undefined
afterEach(() => service?.stop())

const REQUESTS = ['--name', 'http_server_request_duration_seconds']
const trusting = { NODE_EXTRA_CA_CERTS: file('cert.pem') }

async function started(env: NodeJS.ProcessEnv): Promise<Service> {
  service = await startService(env)
  await service.request('/orders/1', 3)
  return service
}

const countOf = (json: string) => JSON.parse(json).families[0].series[0].count

test('over TLS with a user and a password: shown and linted, and no password is ever printed', async () => {
  const { url } = await started({ TUTTI_WEB_CONFIG_FILE: file('tls-and-password.yml') })
  expect(url).toMatch(/^https:/)
  const open = url.replace('https://', 'https://reader:a-password@')
  const [shown, linted, wrong, without, untrusted] = await Promise.all([
    tutti(['show', open, ...REQUESTS, '--json'], trusting),
    tutti(['lint', open], trusting),
    tutti(['show', open.replace('a-password', 'another')], trusting),
    tutti(['lint', url], trusting),
    tutti(['show', open]),
  ])
  expect([shown.code, shown.stderr, countOf(shown.stdout)]).toEqual([0, '', 3])
  expect(linted).toMatchObject({ code: 0, stderr: '' })
  expect(linted.stdout).toMatch(/^\d+ metrics, nothing found\n$/)
  const refused = `tutti: ${url} answered 401. Give a token with --bearer-token-file, or a user and a password in the URL.\n`
  expect([wrong.code, wrong.stderr]).toEqual([2, refused])
  expect([without.code, without.stderr]).toEqual([2, refused])
  expect(untrusted.code).toBe(2)
  expect(untrusted.stderr).toMatch(/can't be read: .*self.signed certificate/)
  for (const { stdout, stderr } of [shown, linted, wrong, untrusted])
    expect(stdout + stderr).not.toMatch(/a-password|another/)
})

test('over TLS with a token, from an option or a variable', async () => {
  const { url } = await started({
    TUTTI_WEB_CONFIG_FILE: file('tls.yml'),
    TUTTI_BEARER_TOKEN_FILE: file('token'),
  })
  const [shown, linted, wrong] = await Promise.all([
    tutti(['show', url, ...REQUESTS, '--json', '--bearer-token-file', file('token')], trusting),
    tutti(['lint', url], { ...trusting, TUTTI_BEARER_TOKEN_FILE: file('token') }),
    tutti(['show', url, '--bearer-token-file', file('other-token')], trusting),
  ])
  expect([shown.code, countOf(shown.stdout)]).toEqual([0, 3])
  expect([linted.code, linted.stderr]).toEqual([0, ''])
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('answered 401.')])
  expect(wrong.stderr).not.toContain('another-secret')
})

test('over a Unix socket, which has no port', async () => {
  const socket = file('page.sock')
  await started({ OTEL_EXPORTER_PROMETHEUS_HOST: `unix:${socket}` })
  const url = `http+unix://${encodeURIComponent(socket)}/metrics`
  const [shown, linted, gone] = await Promise.all([
    tutti(['show', url, ...REQUESTS, '--json']),
    tutti(['lint', url]),
    tutti(['show', url.replace('page.sock', 'none.sock')]),
  ])
  expect([shown.code, shown.stderr, countOf(shown.stdout)]).toEqual([0, '', 3])
  expect([linted.code, linted.stderr]).toEqual([0, ''])
  expect([gone.code, gone.stderr]).toEqual([2, expect.stringMatching(/none\.sock.* can't be read: .*ENOENT/)])
})
