import type { Attributes } from '@opentelemetry/api'

/**
 * Resource attributes that tell whoever reads the page how to attack: secrets in arguments, paths, users, the
 * machine's own identity (machine-id(5) calls it confidential). A key hides all keys below it.
 */
const PRIVATE: readonly string[] = [
  'process.command',
  'process.command_args',
  'process.command_line',
  'process.executable.path',
  'process.owner',
  'process.real_user',
  'process.saved_user',
  'process.user',
  'process.environment_variable',
  'process.working_directory',
  'container.command',
  'container.command_args',
  'container.command_line',
  'host.id',
  'host.ip',
  'host.mac',
  'enduser',
  'user',
]

/**
 * The resource as the page shows it.
 * @param shown keys that are private and shown all the same; `*` shows all.
 */
export function withoutPrivate(resource: Attributes, shown: readonly string[] = []): Attributes {
  if (shown.includes('*')) return resource
  const entries = Object.entries(resource).filter(([key]) => shown.includes(key) || !isPrivate(key))
  return Object.fromEntries(entries)
}

function isPrivate(key: string): boolean {
  return PRIVATE.some(each => key === each || key.startsWith(`${each}.`))
}
