import type { FastifyInstance } from 'fastify'
import type { ApiParts } from './server.ts'

/** Nobody needs a token for it. */
const open = { security: [] }

export function addHealthRoutes(server: FastifyInstance, { pool, cache }: ApiParts): void {
  // Alive: this process answers, whatever the state of what it depends on.
  server.get('/healthz', { schema: open }, () => ({ status: 'ok' }))

  // Ready: without a database there is no point in sending requests here; without Redis there is.
  server.get('/readyz', { schema: open }, async () => {
    await pool.query('select from deployment limit 1')
    return { status: 'ok', database: 'up', cache: cacheState() }
  })

  function cacheState(): string {
    if (!cache) return 'off'
    return cache.reachable ? 'up' : 'down'
  }
}
