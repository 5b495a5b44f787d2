import { closeSync, constants, fstatSync, openSync, readSync, renameSync, writeSync } from 'node:fs'
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import { EXPOSER_ADDRESS } from '../directory/files.ts'
import { createNewborn } from '../directory/newborn.ts'
import { socketPathOf } from './socket-path.ts'
import { listenOnUnixSocket } from './unix-socket.ts'

export interface ListenOptions {
  readonly host: string
  readonly port: number
  readonly path: string
}

/** `exclusive`: in a cluster worker, listen here and not in the primary. Returns where the page is. */
export async function listen(
  server: Server,
  { host, port, path }: ListenOptions,
  scheme: string,
): Promise<string> {
  const socketPath = socketPathOf(host)
  if (socketPath !== undefined) {
    await listenOnUnixSocket(server, socketPath)
    server.on('error', () => {})
    return `${scheme}+unix://${encodeURIComponent(socketPath)}${path}`
  }
  await new Promise<void>((done, reject) => {
    server.once('error', reject)
    server.listen({ host: host.replace(/^\[(.*)\]$/, '$1'), port, exclusive: true }, () => {
      server.off('error', reject)
      server.on('error', () => {})
      done()
    })
  })
  const { address, family, port: chosen } = server.address() as AddressInfo
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${chosen}${path}`
}

/** Port 0 gives any free port: whoever looks into the directory finds where the page is. */
export function announce(directory: string, url: string): void {
  try {
    const newborn = createNewborn(directory)
    try {
      writeSync(newborn.fd, `${url}\n`)
      renameSync(newborn.path, join(directory, EXPOSER_ADDRESS))
    } catch {
      newborn.forget()
    } finally {
      closeSync(newborn.fd)
    }
  } catch {
    // A full disk: the page is served all the same.
  }
}

const MAX_URL_BYTES = 4_096

/**
 * Where the page of a directory is served: by whichever process is elected, on whichever port it got. Undefined
 * before it is first served; when its exposer has died, the old address until another one listens. On a Unix socket
 * it looks like `http+unix://%2Frun%2Fapp.sock/metrics`.
 *
 * @example
 * const url = exposerAddress(provider.directory)
 */
export function exposerAddress(directory: string): string | undefined {
  const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants
  let fd: number
  try {
    fd = openSync(join(directory, EXPOSER_ADDRESS), O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  } catch {
    return undefined
  }
  try {
    if (!fstatSync(fd).isFile()) return undefined
    const buffer = Buffer.alloc(MAX_URL_BYTES)
    const text = buffer.toString('utf8', 0, readSync(fd, buffer))
    return /^https?(\+unix)?:\/\/\S+\n$/.test(text) ? text.trim() : undefined
  } finally {
    closeSync(fd)
  }
}
