import { isAbsolute, resolve } from 'node:path'
import type { ListenOptions } from './address.ts'

const UNIX = 'unix:'

/** The path of a Unix socket in `unix:/run/app.sock`; undefined for anything else. */
export function socketPathOf(host: string): string | undefined {
  if (!host.startsWith(UNIX)) return undefined
  const path = host.slice(UNIX.length)
  return isAbsolute(path) ? path : resolve(path)
}

/** What an address is called in a message. */
export function describeAddress({ host, port }: Pick<ListenOptions, 'host' | 'port'>): string {
  if (socketPathOf(host) !== undefined) return host
  return `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`
}
