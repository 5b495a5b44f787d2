import { getRegistered, setRegistered } from './registry.ts'

type RegisterGlobal = (...args: unknown[]) => boolean

/**
 * Lets an older copy of the API register an app's own tracing, context manager or logger, which would be lost because
 * of us: a copy that reads demands a version that is not below its own, but one that registers demands exactly its own.
 * So it finds that one while it registers.
 *
 * @param exports of the copy's `internal/global-utils`, whose members are looked up at each call.
 */
export function letRegister(exports: unknown, ownVersion: string): void {
  const module = exports as { registerGlobal: RegisterGlobal }
  const { registerGlobal } = module
  module.registerGlobal = (...args) => {
    const api = getRegistered()
    if (api === undefined) return registerGlobal(...args)
    const { version, ...registered } = api
    if (version === ownVersion) return registerGlobal(...args)
    const seen = { ...registered, version: ownVersion }
    setRegistered(seen)
    try {
      return registerGlobal(...args)
    } finally {
      const { version: _, ...now } = seen
      setRegistered(Object.assign(api, now))
    }
  }
}
