import type { Pool } from 'pg'
import { expect, test } from 'vitest'
import { rollOutDue } from '../../src/job-worker/roll-out.ts'

const now = new Date(0)
const deployment = { id: '1', service: 'a', version: '1', rings: ['all'], ring_number: 0, status: 'queued' }
const ci = { kind: 'ci', url: 'http://ci', enabled: true, healthy: true, checked_at: null }

/** A database in which one deployment is due, and which keeps what it is told of those that are held back. */
function database() {
  const heldBackForMs: unknown[] = []
  const query = async (text: string, values: unknown[]) => {
    if (text.includes('gate_failures + $3')) heldBackForMs.push(values[4])
    if (text.includes('from connector')) return { rows: [ci] }
    if (text.includes('count(*)')) return { rows: [{ good: 0, total: 0 }] }
    return { rows: [{ ...deployment, created_at: now, updated_at: now }] }
  }
  return { heldBackForMs, pool: { query } as unknown as Pool }
}

test.each([
  [0, 200],
  [500, 500],
])(
  'a gate that cannot be asked is asked again after the soak of %i ms, but not without a pause',
  async (ringSoakMs, expected) => {
    const { heldBackForMs, pool } = database()
    const call = () => Promise.reject(new Error('ci is down'))
    await rollOutDue({ pool, cache: undefined, call, ringSoakMs, jobPollMs: 200 })
    expect(heldBackForMs).toEqual([expected])
  },
)
