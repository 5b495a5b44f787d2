// Makes what compose.yaml mounts from secrets/: a certificate authority of your own, certificates, tokens, passwords.
// `node make-secrets.mjs [folder]`; what is there stays as it is, so a file that is removed is made anew.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashSync } from 'bcryptjs'

const folder = process.argv[2] ?? join(import.meta.dirname, 'secrets')
const days = '365'
// The folder is closed to others. The files in it are not: containers that run as other users read them, one by one.
mkdirSync(join(folder, 'receivers'), { recursive: true })
chmodSync(folder, 0o700)

certificateAuthority()
for (const name of ['control-plane', 'prometheus', 'alertmanager', 'grafana']) certificate(name)
for (const name of ['metrics-token', 'bootstrap-token', 'monitoring-password', 'grafana-password'])
  write(name, () => random())

const postgres = write('postgres-password', () => random())
write('database-url', () => `postgres://control_plane:${postgres}@postgres:5432/control_plane`)
const acl = write('redis.acl', () => `user default off\nuser control-plane on >${random()} ~* &* +@all\n`)
write('redis-url', () => `redis://control-plane:${/>(\w+)/.exec(acl)[1]}@redis:6379`)

// Grafana and Prometheus ask one another as `monitoring`.
const hash = hashSync(readFileSync(join(folder, 'monitoring-password'), 'utf8'), 10)
for (const name of ['prometheus', 'alertmanager'])
  write(`${name}.web.yml`, () =>
    [
      'tls_server_config:',
      `  cert_file: ${name}.crt`,
      `  key_file: ${name}.key`,
      'basic_auth_users:',
      `  monitoring: ${hash}`,
      '',
    ].join('\n'),
  )
console.log(`Secrets are in ${folder}.`)

function certificateAuthority() {
  if (existsSync(join(folder, 'ca.crt'))) return
  openssl(
    'req',
    '-x509',
    ...newKey('ca.key'),
    '-days',
    days,
    '-out',
    'ca.crt',
    '-subj',
    '/CN=control-plane CA',
  )
  chmodSync(join(folder, 'ca.key'), 0o600)
}

function certificate(name) {
  if (existsSync(join(folder, `${name}.crt`))) return
  const names = join(folder, `${name}.names`)
  writeFileSync(names, `subjectAltName=DNS:${name},DNS:localhost,IP:127.0.0.1\n`)
  openssl('req', ...newKey(`${name}.key`), '-out', `${name}.csr`, '-subj', `/CN=${name}`)
  const authority = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial']
  openssl(
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    ...authority,
    '-days',
    days,
    '-extfile',
    names,
    '-out',
    `${name}.crt`,
  )
  chmodSync(join(folder, `${name}.key`), 0o644)
}

function newKey(file) {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', file]
}

function openssl(...args) {
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
}

function random() {
  return randomBytes(24).toString('hex')
}

function write(name, content) {
  const file = join(folder, name)
  if (!existsSync(file)) writeFileSync(file, content(), { mode: 0o644 })
  return readFileSync(file, 'utf8')
}
