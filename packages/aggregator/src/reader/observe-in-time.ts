import { TimeoutError } from '@opentelemetry/sdk-metrics'
import type { ReaderSource } from './reader-source.ts'

const MAX_TIMER_MS = 2 ** 31 - 1

/**
 * One observation, asynchronous callbacks included. Returns what went wrong: what callbacks threw, and a
 * `TimeoutError` for each that did not settle in time. Its values are shared when it does.
 */
export async function observeInTime(source: ReaderSource, timeoutMs: number): Promise<unknown[]> {
  const { errors, pending } = source.observe()
  if (pending.length === 0) return [...errors]
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<unknown[]>(resolve => {
    const giveUp = () =>
      resolve([new TimeoutError(`an observable callback took longer than ${timeoutMs} ms`)])
    timer = setTimeout(giveUp, Math.min(timeoutMs, MAX_TIMER_MS))
    if (!source.isAwaited()) timer.unref()
  })
  const results = await Promise.all(pending.map(each => Promise.race([each, late])))
  clearTimeout(timer)
  source.share()
  return [...errors, ...results.flat()]
}
