import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import { poolNameOf } from './pg-connections.ts'
import { observePools } from './pg-pool-state.ts'
import { createPoolTimes } from './pg-pool-times.ts'
import { watchPromise } from './watch-promise.ts'

/** What is read of pg-pool's `Pool`. */
export interface PgPool {
  options: { connectionString?: string; host?: string; port?: number; database?: string; max?: number }
  totalCount: number
  idleCount: number
  waitingCount: number
  ended: boolean
  _clients?: { host?: string; port?: number; database?: string }[]
  on(event: 'acquire', listener: (client: object) => void): void
  on(event: 'release', listener: (error: unknown, client: object) => void): void
}

type Callback = (this: unknown, error: unknown, ...rest: unknown[]) => unknown
type Connect = (this: PgPool, callback?: Callback) => PromiseLike<unknown> | undefined

/** An app may make pools for ever, each of another database: the names of further ones are `_OTHER`. */
const maxNames = 200

/** How pools stand, and how long one waits for a connection and uses it; each pool under its own name. */
export function hookPgPool(context: InstrumentationContext): () => void {
  const state = observePools(context)
  const times = createPoolTimes(context)
  const names = new WeakMap<PgPool, string>()
  const known = new Set<string>()
  let stopped = false

  function nameOf(pool: PgPool): string {
    const name = poolName(pool)
    if (known.size < maxNames) known.add(name)
    return known.has(name) ? name : '_OTHER'
  }
  const remember = guard('pg', context.warn, (pool: PgPool) => {
    if (stopped || names.has(pool)) return
    const name = nameOf(pool)
    names.set(pool, name)
    state.add(name, pool)
    times.watchUse(name, pool)
  })
  const settle = guard('pg', context.warn, (pool: PgPool, startMs: number, error: unknown) => {
    if (!stopped) times.recordWait(names.get(pool) ?? nameOf(pool), startMs, error)
  })

  context.hook.onLoad('pg-pool', 'index.js', exports => {
    const { prototype } = exports as { prototype: { connect: Connect } }
    const connect = prototype.connect
    prototype.connect = function (callback) {
      const startMs = performance.now()
      const pool = this
      if (typeof callback === 'function') {
        const result = connect.call(this, function (error, ...rest) {
          settle(pool, startMs, error)
          return callback.call(this, error, ...rest)
        })
        // Only now, since its first client knows which server all its options come to.
        remember(this)
        return result
      }
      const result = connect.call(this)
      remember(this)
      return result && watchPromise(result, error => settle(this, startMs, error))
    }
  })
  return () => {
    stopped = true
    state.stop()
  }
}

function poolName({ _clients, options }: PgPool): string {
  const [client] = _clients ?? []
  if (client?.host !== undefined) return poolNameOf(client)
  const { connectionString } = options
  if (connectionString === undefined || !URL.canParse(connectionString)) return poolNameOf(options)
  const { hostname, port, pathname } = new URL(connectionString)
  return poolNameOf({ host: hostname, port: Number(port) || 5432, database: pathname.slice(1) })
}
