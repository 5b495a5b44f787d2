type RegisterGlobal = (...args: unknown[]) => boolean

const KEY: symbol = Symbol.for('opentelemetry.js.api.1')
const globals = globalThis as Record<symbol, Record<string, unknown> | undefined>

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
    const api = globals[KEY]
    if (api === undefined) return registerGlobal(...args)
    const { version, ...registered } = api
    if (version === ownVersion) return registerGlobal(...args)
    const seen = { ...registered, version: ownVersion }
    globals[KEY] = seen
    try {
      return registerGlobal(...args)
    } finally {
      const { version: _, ...now } = seen
      globals[KEY] = Object.assign(api, now)
    }
  }
}
