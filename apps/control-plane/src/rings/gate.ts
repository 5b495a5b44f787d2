import type { Pool } from 'pg'
import type { Call } from '../connectors/call.ts'
import { findConnector } from '../connectors/store.ts'
import type { Deployment } from '../deployments/deployment.ts'

export interface Verdict {
  verdict: 'pass' | 'fail' | 'unavailable'
  reason: string
}

/** Asks ci whether a deployment may enter its next ring; without a ci connector nobody says no. */
export async function askGate(
  pool: Pool,
  call: Call,
  deployment: Deployment,
  nextRing: string,
): Promise<Verdict> {
  const ci = await findConnector(pool, 'ci')
  if (!ci?.enabled) return { verdict: 'pass', reason: 'no gate is connected' }
  const query = `ring=${encodeURIComponent(nextRing)}&version=${encodeURIComponent(deployment.version)}`
  const url = `${ci.url}/gates/${encodeURIComponent(deployment.service)}?${query}`
  try {
    return readVerdict(await call('ci', url))
  } catch (error) {
    return { verdict: 'unavailable', reason: shorten(error instanceof Error ? error.message : String(error)) }
  }
}

function readVerdict(answer: unknown): Verdict {
  const { pass, reason } = (answer ?? {}) as { pass?: unknown; reason?: unknown }
  if (typeof pass !== 'boolean') return { verdict: 'unavailable', reason: 'the gate answered something else' }
  return { verdict: pass ? 'pass' : 'fail', reason: shorten(typeof reason === 'string' ? reason : '') }
}

const reasonLimit = 200

function shorten(text: string): string {
  // PostgreSQL has no text with a NUL in it.
  return text.replaceAll('\0', '').slice(0, reasonLimit)
}
