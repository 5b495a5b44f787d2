import type { PgClient } from './pg.ts'
import type { StatementResult } from './pg-rows.ts'
import type { Submittable, watchSubmittable } from './pg-submittable.ts'
import { watchPromise } from './watch-promise.ts'

/** Told once for each query, with an error or with what it gave. */
export type Settled = (
  client: PgClient,
  query: unknown,
  startMs: number,
  error?: unknown,
  result?: StatementResult | StatementResult[],
) => void

type Callback = (error: unknown, result: StatementResult | StatementResult[]) => unknown
type Query = (this: PgClient, ...args: unknown[]) => unknown

/** `Client.query`, in all the ways that it can be called: with a callback, a promise or a cursor. */
export function timeQuery(query: Query, settle: Settled, watch: typeof watchSubmittable): Query {
  function wrapCallback(client: PgClient, config: unknown, startMs: number, callback: Callback): Callback {
    return function (this: unknown, error, result) {
      settle(client, config, startMs, error, result)
      return callback.call(this, error, result)
    }
  }

  return function (...args): unknown {
    const startMs = performance.now()
    const config = args[0]
    const { callback, submit } = (config ?? {}) as { callback?: Callback; submit?: unknown }
    if (typeof submit === 'function') {
      watch(config as Submittable, (error, results) => settle(this, config, startMs, error, results))
      return query.apply(this, args)
    }
    const place = typeof args[1] === 'function' ? 1 : 2
    if (typeof args[place] === 'function') {
      args[place] = wrapCallback(this, config, startMs, args[place] as Callback)
      return query.apply(this, args)
    }
    if (typeof callback === 'function') {
      // The argument wins over the property, and an object that the app uses again stays as it was.
      return query.call(this, config, args[1], wrapCallback(this, config, startMs, callback))
    }
    const result = query.apply(this, args) as PromiseLike<StatementResult> | undefined
    if (typeof result?.then !== 'function') return result
    return watchPromise(result, (error, value) => settle(this, config, startMs, error, value))
  }
}
