import { spawnSync } from 'node:child_process'
import { findDebianTool, notRun } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readWebConfig } from '../../../src/exposer/web-config/read-web-config.ts'
import { WatchedFiles } from '../../../src/exposer/web-config/watched-files.ts'
import { createAuthority } from '../certificates.ts'
import { testFolder } from '../exposer.ts'

const authority = await createAuthority('authority')
const { cert, key } = await authority.issue('server')
const HASH = '$2y$10$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG'
const TLS = 'tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n'
const ALL = `${TLS}  client_ca_file: ca.crt
  client_auth_type: RequireAndVerifyClientCert
  min_version: TLS12
  max_version: TLS13
  cipher_suites:
    - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
    - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
  prefer_server_cipher_suites: false
  curve_preferences: [CurveP256, X25519]
http_server_config:
  http2: false
  headers:
    X-Frame-Options: sameorigin
    Strict-Transport-Security: max-age=1
basic_auth_users:
  prometheus: ${HASH}
  "123": ${HASH}
`

function folderOf(yaml: string) {
  return testFolder({ 'web.yml': yaml, 'server.crt': cert, 'server.key': key, 'ca.crt': authority.cert })
}

function read(yaml: string) {
  const parseYaml = (text: string) => parse(text, { schema: 'failsafe', mapAsMap: true, logLevel: 'error' })
  return readWebConfig(folderOf(yaml).path('web.yml'), new WatchedFiles(), parseYaml)
}

test('every key of the format is read', () => {
  const { tls, headers, users } = read(ALL)
  expect(tls).toMatchObject({
    options: {
      ...{ cert, key, ca: authority.cert, requestCert: true, rejectUnauthorized: true },
      ...{ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3', honorCipherOrder: false, ecdhCurve: 'P-256:X25519' },
      ciphers:
        'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:' +
        'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384',
    },
    clientAuth: 'require-and-verify',
  })
  expect([...headers]).toEqual([
    ['X-Frame-Options', 'sameorigin'],
    ['Strict-Transport-Security', 'max-age=1'],
  ])
  expect([...users.keys()]).toEqual(['prometheus', '123'])
})

/** Whether it is accepted, what is said, and whether Prometheus' own tool (2.42) is of the same opinion. */
const CASES: [name: string, yaml: string, message: RegExp | undefined, promtoolAgrees?: false][] = [
  ['nothing', '', undefined],
  ['all there is', ALL, undefined],
  ['a user', `basic_auth_users:\n  prometheus: ${HASH}\n`, undefined],
  [
    'an unknown key',
    'tls_config: {}\n',
    /: tls_config is not a known key\. Remove it, or use one of tls_server_config, /,
  ],
  ['an unknown key of TLS', `${TLS}  cert_flie: x\n`, /: tls_server_config\.cert_flie is not a known key\./],
  ['a key twice', `${TLS}${TLS}`, /: the file is not YAML \(Map keys must be unique at line 4, column 1\)\./],
  ['no mapping', '- a\n', /: the file is not a mapping\./],
  ['no YAML', 'a: [\n', /: the file is not YAML \(/],
  ['no key', 'tls_server_config:\n  cert_file: server.crt\n', /tls_server_config\.key_file is missing\./],
  [
    'no certificate',
    'tls_server_config:\n  key_file: server.key\n',
    /tls_server_config\.cert_file is missing\./,
  ],
  [
    'a missing file',
    TLS.replace('server.key', 'no.key'),
    /no\.key: key_file can't be read \(ENOENT\)\. Give /,
  ],
  [
    'a version',
    `${TLS}  min_version: TLS9\n`,
    /min_version is "TLS9"\. Use one of TLS13, TLS12, TLS11, TLS10\./,
  ],
  ['a suite', `${TLS}  cipher_suites: [RC4]\n`, /cipher_suites is "RC4"\. Use one of TLS_AES_256/],
  ['a curve', `${TLS}  curve_preferences: [P1]\n`, /curve_preferences is "P1"\. Use one of CurveP256/],
  [
    'an authority for nobody',
    `${TLS}  client_ca_file: ca.crt\n`,
    /client_ca_file is there, but no client is asked/,
  ],
  [
    'a client policy',
    `${TLS}  client_auth_type: Maybe\n`,
    /client_auth_type is "Maybe"\. Use one of NoClientCert/,
  ],
  [
    'clients that nobody can verify',
    `${TLS}  client_auth_type: RequireAndVerifyClientCert\n`,
    /client_ca_file is missing\. Name the authority/,
    false, // In Go the authorities of the system are trusted then: whoever has any certificate gets in.
  ],
  [
    'a header',
    'http_server_config:\n  headers:\n    Server: x\n',
    /headers\.Server is "Server"\. Use one of Content-/,
  ],
  [
    'a value of a header',
    'http_server_config:\n  headers:\n    X-Frame-Options: allow\n',
    /headers\.X-Frame-Options is "allow"\. Use deny or sameorigin\./,
  ],
  [
    'a plain password',
    'basic_auth_users:\n  a: secret\n',
    /basic_auth_users\.a is not a bcrypt hash\. Make one/,
  ],
  [
    'a word for a boolean',
    'http_server_config:\n  http2: perhaps\n',
    /http2 is "perhaps"\. Write true or false\./,
  ],
  [
    'certificates in the file',
    `tls_server_config:\n  cert: |\n${indent(cert)}  key: |\n${indent(key)}`,
    undefined,
    false, // Newer than 2.42.
  ],
  ['a rate', 'rate_limit:\n  interval: 1s\n  burst: 0\n', /rate_limit\.burst lets no request through\./],
  ['a duration', 'rate_limit:\n  interval: soon\n', /interval is "soon"\. Write a duration such as/],
]

test.each(CASES)('%s', (_name, yaml, message) => {
  if (message === undefined) expect(() => read(yaml)).not.toThrow()
  else expect(() => read(yaml)).toThrow(message)
  if (message !== undefined) expect(() => read(yaml)).not.toThrow(/secret/)
})

test('promtool is of the same opinion', async context => {
  const promtool = await findDebianTool('promtool', 'prometheus')
  if (promtool === undefined) {
    notRun('promtool check web-config', "Debian's prometheus package is not here and could not be installed")
    return context.skip()
  }
  for (const [name, yaml, message, agrees = true] of CASES) {
    if (!agrees) continue
    const { status } = spawnSync(promtool, ['check', 'web-config', folderOf(yaml).path('web.yml')])
    expect([name, status === 0]).toEqual([name, message === undefined])
  }
})

function indent(text: string): string {
  return `${text.trim().replaceAll(/^/gm, '    ')}\n`
}
