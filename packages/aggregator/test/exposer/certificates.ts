import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  cryptoProvider,
  PemConverter,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

cryptoProvider.set(webcrypto as unknown as Crypto)

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const DAY_MS = 86_400_000

export interface Pem {
  readonly cert: string
  readonly key: string
}

export interface Authority {
  readonly cert: string
  issue(name: string, options?: { notAfter?: Date }): Promise<Pem>
}

let serial = 1

/** An authority of one test, and certificates of it: for a DNS name, or for 127.0.0.1 where it is the server's. */
export async function createAuthority(name: string): Promise<Authority> {
  const keys = await newKeys()
  const own = await X509CertificateGenerator.createSelfSigned({
    serialNumber: nextSerial(),
    name: `CN=${name}`,
    ...validity(),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [new BasicConstraintsExtension(true, 1, true)],
  })
  return {
    cert: own.toString('pem'),
    issue: async (subject, { notAfter } = {}) => {
      const subjectKeys = await newKeys()
      const issued: X509Certificate = await X509CertificateGenerator.create({
        serialNumber: nextSerial(),
        subject: `CN=${subject}`,
        issuer: own.subject,
        ...validity(notAfter),
        signingAlgorithm: ALGORITHM,
        publicKey: subjectKeys.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new SubjectAlternativeNameExtension([
            { type: 'dns', value: subject },
            { type: 'ip', value: '127.0.0.1' },
          ]),
        ],
      })
      const key = await webcrypto.subtle.exportKey('pkcs8', subjectKeys.privateKey)
      return { cert: issued.toString('pem'), key: PemConverter.encode(key, 'PRIVATE KEY') }
    },
  }
}

function newKeys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<CryptoKeyPair>
}

function nextSerial(): string {
  return (serial++).toString(16).padStart(4, '0')
}

function validity(notAfter = new Date(Date.now() + DAY_MS)): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Math.min(Date.now(), notAfter.getTime()) - DAY_MS), notAfter }
}
