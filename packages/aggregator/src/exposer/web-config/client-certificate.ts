import { SocketAddress } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Tls } from './tls.ts'

/**
 * Why a client may not go on after its handshake; undefined when it may. What is required and verified has been
 * refused by the handshake itself; the rest of Go's policies are decided here.
 */
export function refuseCertificate(socket: TLSSocket, { clientAuth, allowedNames }: Tls): string | undefined {
  if (clientAuth === 'none' || clientAuth === 'request') return undefined
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined)
    return clientAuth === 'verify-if-given' ? undefined : 'it showed no certificate'
  if (clientAuth !== 'require-any' && !socket.authorized)
    return `its certificate is not trusted (${String(socket.authorizationError)})`
  if (allowedNames.length === 0) return undefined
  const names = namesOf(certificate.subjectAltName ?? '')
  if (allowedNames.some(allowed => names.has(canonical(allowed)))) return undefined
  return 'its certificate names nobody in client_allowed_sans'
}

const NAME = /(?:^|, )(?:DNS|IP Address|URI|email):("(?:[^"\\]|\\.)*"|[^,]*)/g

/** Node writes a name as JSON where it could be taken for more than one. */
function namesOf(subjectAltName: string): Set<string> {
  const names = [...subjectAltName.matchAll(NAME)].map(([, name]) => name)
  return new Set(names.map(name => canonical(name.startsWith('"') ? String(JSON.parse(name)) : name)))
}

/** One way to write an IPv6 address. */
function canonical(name: string): string {
  try {
    return name.includes(':') ? new SocketAddress({ address: name, family: 'ipv6' }).address : name
  } catch {
    return name
  }
}
