import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { cryptoProvider, PemConverter, X509CertificateGenerator } from '@peculiar/x509'

cryptoProvider.set(webcrypto as unknown as Parameters<typeof cryptoProvider.set>[0])

/** A certificate that nobody trusts, for a server's environment. */
export async function createCertificate(): Promise<{ TLS_CERT: string; TLS_KEY: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=localhost',
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 86_400_000),
    signingAlgorithm: algorithm,
    keys,
  })
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { TLS_CERT: certificate.toString('pem'), TLS_KEY: PemConverter.encode(key, 'PRIVATE KEY') }
}
