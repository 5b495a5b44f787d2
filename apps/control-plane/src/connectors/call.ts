import CircuitBreaker from 'opossum'
import { catalog } from '../metrics/catalog.ts'
import type { ConnectorKind } from './connector.ts'

export interface CallOptions {
  method?: 'GET' | 'PUT'
  body?: unknown
}

/** Asks an outside system; rejects when it does not answer well, and at once while its breaker is open. */
export type Call = (kind: ConnectorKind, url: string, options?: CallOptions) => Promise<unknown>

export interface BreakerLimits {
  /** What takes longer counts as failed. */
  timeoutMs: number
  /** How long an open breaker keeps calls away before it tries again. */
  resetMs: number
}

const failuresPercent = 50
const callsBeforeOpening = 4
const windowMs = 10_000

/** One breaker for each system in this process: what hurts one connector does not stop the others. */
export function createCall({ timeoutMs, resetMs }: BreakerLimits): { call: Call; close(): void } {
  const breakers = new Map<ConnectorKind, CircuitBreaker<[string, CallOptions], unknown>>()
  return {
    async call(kind, url, options = {}) {
      const run = catalog.connectorCalls.start({ connector: kind })
      try {
        const answer = await breakerOf(kind).fire(url, options)
        run.succeed()
        return answer
      } catch (error) {
        if (isOpen(error)) run.end('rejected')
        else run.fail(error)
        throw error
      }
    },
    close() {
      for (const breaker of breakers.values()) breaker.shutdown()
    },
  }

  function breakerOf(kind: ConnectorKind): CircuitBreaker<[string, CallOptions], unknown> {
    const known = breakers.get(kind)
    if (known !== undefined) return known
    const breaker = new CircuitBreaker((url: string, options: CallOptions) => ask(url, options, timeoutMs), {
      name: kind,
      // The request itself is cut off, so that no socket outlives the wait for it.
      timeout: false,
      errorThresholdPercentage: failuresPercent,
      volumeThreshold: callsBeforeOpening,
      rollingCountTimeout: windowMs,
      resetTimeout: resetMs,
    })
    const labels = { connector: kind }
    breaker.on('open', () => catalog.breakers.set('open', labels))
    breaker.on('halfOpen', () => catalog.breakers.set('half_open', labels))
    breaker.on('close', () => catalog.breakers.set('closed', labels))
    catalog.breakers.set('closed', labels)
    breakers.set(kind, breaker)
    return breaker
  }
}

/** Whether a call was not made because the breaker is open. */
export function isOpen(error: unknown): boolean {
  return CircuitBreaker.isOurError(error as Error) && (error as { code?: string }).code === 'EOPENBREAKER'
}

async function ask(url: string, { method = 'GET', body }: CallOptions, timeoutMs: number): Promise<unknown> {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(timeoutMs),
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw new Error(`${method} ${url} was answered with ${response.status}.`)
  }
  return response.json()
}
