import type { SharedMeterProvider } from '@tutti/aggregator/record'

/** An app that has nothing more to do waits at most this long for its last push. */
const LAST_PUSH_MS = 2_000

/**
 * Pushes once more when the app has nothing left to do. When it is ended by a signal or by `process.exit` nothing is
 * pushed: that would delay it. What was recorded is then pushed by the process that is elected next, if one lives.
 */
export function pushAtEnd(meterProvider: SharedMeterProvider): void {
  process.once('beforeExit', () => {
    meterProvider.forceFlush({ timeoutMillis: LAST_PUSH_MS }).catch(() => {
      // The reader has said what went wrong.
    })
  })
}
