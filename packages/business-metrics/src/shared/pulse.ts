import type { BatchObservableResult, MeterProvider, Observable } from '@opentelemetry/api'
import { note, shared } from './state.ts'
import { isThenable } from './thenable.ts'
import { realTimeout } from './timers.ts'
import type { Tally } from './troubles.ts'

/** How long an observation waits for asynchronous functions. What comes later is there at the next one. */
const WAIT_MS = 1_000
/** Whoever does not answer for longer is asked again: else what one lost request said last would be said for ever. */
export const MAX_ANSWER_MS = 30_000

/**
 * Our own metrics, and with them the moment at which authors' functions are asked: once an observation of the SDK,
 * before it collects.
 */
export function followPulse(provider: MeterProvider | undefined): void {
  shared.endPulse()
  shared.endPulse = () => {}
  if (provider === undefined) return
  const meter = provider.getMeter('@tutti/business-metrics')
  const errors = meter.createObservableCounter('tutti.helper.errors', {
    description: 'What went wrong in business metrics and was kept from the app, by kind and metric.',
    unit: '{error}',
  })
  const limited = meter.createObservableCounter('tutti.helper.limited.updates', {
    description: 'Updates of business metrics that TUTTI_MAX_UPDATES_PER_MINUTE cut, by metric.',
    unit: '{update}',
  })
  const series = meter.createObservableUpDownCounter('tutti.helper.series', {
    description: 'Series that business metrics have made.',
    unit: '{series}',
  })
  const own = [errors, limited, series]
  const observe = async (result: BatchObservableResult): Promise<void> => {
    const pending = [...shared.observers].map(observer => observer()).filter(isThenable)
    observeTally(result, errors, shared.errors)
    observeTally(result, limited, shared.limited)
    result.observe(series, shared.series.count)
    if (pending.length > 0) await settledOrLate(pending)
  }
  meter.addBatchObservableCallback(observe, own)
  shared.endPulse = () => meter.removeBatchObservableCallback(observe, own)
}

/**
 * Asks `observe` with each observation, one call at a time; what it throws, and an answer that does not come, is counted.
 * Returns what ends it.
 */
export function observeRegularly(
  metric: string,
  observe: () => unknown,
  now: () => number = () => performance.now(),
): () => void {
  /** The answer that is waited for, and since when. */
  let awaited: { readonly sinceMs: number } | undefined
  const fail = (why: string): void => {
    note('callback', metric, () => `a function that observes it failed (${why}).`)
  }
  const observer = (): unknown => {
    if (awaited !== undefined && now() - awaited.sinceMs < MAX_ANSWER_MS) return undefined
    if (awaited !== undefined) fail(`no answer within ${MAX_ANSWER_MS / 1_000} s`)
    try {
      const result = observe()
      awaited = undefined
      if (!isThenable(result)) return undefined
      const own = { sinceMs: now() }
      awaited = own
      const end = (): void => {
        if (awaited === own) awaited = undefined
      }
      return result.then(end, error => {
        end()
        fail(messageOf(error))
      })
    } catch (error) {
      awaited = undefined
      fail(messageOf(error))
      return undefined
    }
  }
  shared.observers.add(observer)
  return () => {
    shared.observers.delete(observer)
  }
}

/** Anything can be thrown, even what can't be made a text. */
export function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message) : typeof error
  } catch {
    return 'with something that is no error'
  }
}

function observeTally(result: BatchObservableResult, observable: Observable, tally: Tally): void {
  for (const { attributes, value } of tally) result.observe(observable, value, attributes)
}

async function settledOrLate(pending: PromiseLike<unknown>[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>(resolve => {
    timer = realTimeout(resolve, WAIT_MS)
    timer.unref()
  })
  await Promise.race([Promise.all(pending), late])
  clearTimeout(timer)
}
