import { constants, X509Certificate } from 'node:crypto'
import { resolve } from 'node:path'
import { createSecureContext, type SecureVersion, type TlsOptions } from 'node:tls'
import type { Section } from './section.ts'
import { CIPHER_SUITES, CLIENT_AUTH, type ClientAuth, CURVES, TLS_13_SUITES, VERSIONS } from './tls-names.ts'
import type { WatchedFiles } from './watched-files.ts'

export interface Tls {
  /** For `https.createServer`. */
  readonly options: TlsOptions
  readonly clientAuth: ClientAuth
  /** Names of which a client's certificate must hold one; empty: any. */
  readonly allowedNames: readonly string[]
  /** When the server's certificate ends. */
  readonly validTo: Date
}

/** `tls_server_config`; undefined where it turns nothing on. Relative paths begin at the file's folder. */
export function readTls(section: Section, folder: string, files: WatchedFiles): Tls | undefined {
  const pem = (inline: string, inFile: string) => readPem(section, folder, files, inline, inFile)
  const cert = pem('cert', 'cert_file')
  const key = pem('key', 'key_file')
  const ca = pem('client_ca', 'client_ca_file')
  const { clientAuth, allowedNames } = readClients(section, ca)
  const options = { cert, key, ...(ca !== undefined && { ca }), ...readHandshake(section) }
  section.end()
  if (section.isEmpty) return undefined
  if (cert === undefined) throw section.error('cert_file', 'is missing', 'Name the certificate')
  if (key === undefined) throw section.error('key_file', 'is missing', "Name the certificate's key")
  try {
    createSecureContext(options)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const mend = 'Give a PEM certificate, its own unencrypted key, and suites that fit the versions'
    throw section.error('cert_file', `and its key can't be used (${code ?? message})`, mend)
  }
  const verified = clientAuth === 'require-and-verify'
  return {
    options: { ...options, requestCert: clientAuth !== 'none', rejectUnauthorized: verified },
    clientAuth,
    allowedNames,
    validTo: new Date(new X509Certificate(cert).validTo),
  }
}

function readPem(
  section: Section,
  folder: string,
  files: WatchedFiles,
  inline: string,
  inFile: string,
): string | undefined {
  const text = section.text(inline)
  const path = section.text(inFile)
  if (path === undefined) return text
  if (text !== undefined) throw section.error(inline, `and ${inFile} are both there`, 'Keep one of them')
  return files.read(resolve(folder, path), inFile)
}

function readClients(
  section: Section,
  ca: string | undefined,
): { clientAuth: ClientAuth; allowedNames: readonly string[] } {
  const clientAuth = section.choice(
    'client_auth_type',
    section.text('client_auth_type') ?? 'NoClientCert',
    CLIENT_AUTH,
  )
  const allowedNames = section.list('client_allowed_sans')
  const verifies = clientAuth === 'require-and-verify' || clientAuth === 'verify-if-given'
  if (ca !== undefined && clientAuth === 'none') {
    const mend = 'Set client_auth_type: RequireAndVerifyClientCert'
    throw section.error('client_ca_file', 'is there, but no client is asked for a certificate', mend)
  }
  // Without one of its own, Node would trust every authority that the system trusts.
  if (ca === undefined && verifies)
    throw section.error('client_ca_file', 'is missing', "Name the authority of the clients' certificates")
  if (allowedNames.length > 0 && !clientAuth.startsWith('require')) {
    const mend = 'Set client_auth_type: RequireAndVerifyClientCert'
    throw section.error('client_allowed_sans', 'needs a client certificate', mend)
  }
  return { clientAuth, allowedNames }
}

/** No tickets: a session that is taken up again would outlive the certificate it began with. */
function readHandshake(section: Section): TlsOptions {
  const version = (key: string, otherwise: string): SecureVersion =>
    section.choice(key, section.text(key) ?? otherwise, VERSIONS)
  const minVersion = version('min_version', 'TLS12')
  const maxVersion = version('max_version', 'TLS13')
  if (minVersion > maxVersion) throw section.error('min_version', 'is above max_version', 'Lower it')
  const suites = section
    .list('cipher_suites')
    .map(name => section.choice('cipher_suites', name, CIPHER_SUITES))
  const curves = section
    .list('curve_preferences')
    .map(name => section.choice('curve_preferences', name, CURVES))
  const { SSL_OP_NO_TICKET, SSL_OP_NO_RENEGOTIATION } = constants
  return {
    minVersion,
    maxVersion,
    honorCipherOrder: section.boolean('prefer_server_cipher_suites', true),
    // Those of TLS 1.3 can't be chosen in Go, so they can't be here.
    ...(suites.length > 0 && { ciphers: [...new Set([...TLS_13_SUITES, ...suites])].join(':') }),
    ...(curves.length > 0 && { ecdhCurve: curves.join(':') }),
    ALPNProtocols: ['http/1.1'],
    secureOptions: SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION,
  }
}
