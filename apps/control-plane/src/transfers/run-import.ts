import type { Pool } from 'pg'
import { catalog } from '../metrics/catalog.ts'
import { keepSettled, releaseImport, type Settled, takeImport } from './import-store.ts'
import { readItem, readItems } from './read-items.ts'

const batchSize = 50
const leaseMs = 3_000

/**
 * Imports from where it stands until its end or until this process ends; then, as when this process is killed, another
 * one goes on. Each item becomes a deployment or an error exactly once.
 */
export async function runImport(pool: Pool, id: string, ending: AbortSignal): Promise<void> {
  const taken = await takeImport(pool, id, leaseMs)
  if (taken === undefined) return
  const run = catalog.imports.start({ format: taken.format })
  try {
    const items = readItems(taken.content, taken.format)
    for (let position = taken.position; position < items.length; position += batchSize) {
      if (ending.aborted) {
        await releaseImport(pool, id)
        return run.end('interrupted')
      }
      const settled = settle(items.slice(position, position + batchSize), position)
      // Somebody else goes on with it and counts what it does.
      if (!(await keep(pool, id, settled))) return run.end('interrupted')
      run.processed(settled.deployments.length)
      run.failed(settled.errors.length)
      catalog.deployments.add(settled.deployments.length, { action: 'create', outcome: 'success' })
    }
    run.succeed()
  } catch (error) {
    run.fail(error)
    throw error
  }
}

function settle(items: unknown[], position: number): Settled {
  const settled: Settled = { position, deployments: [], errors: [] }
  items.forEach((content, index) => {
    const item = position + index
    const wanted = readItem(content)
    if (typeof wanted === 'string') settled.errors.push({ item, reason: wanted })
    else settled.deployments.push({ item, wanted })
  })
  return settled
}

async function keep(pool: Pool, id: string, settled: Settled): Promise<boolean> {
  const client = await pool.connect()
  // A connection that breaks fails the query on it; the pool listens for that no more, and nobody would be the end.
  const ignore = (): void => undefined
  client.on('error', ignore)
  let isBroken = true
  try {
    const isKept = await keepSettled(client, id, settled, leaseMs)
    isBroken = false
    return isKept
  } finally {
    // In what state one is on which something failed nobody knows.
    client.release(isBroken)
    if (!isBroken) client.off('error', ignore)
  }
}
