import { createNoopMeter, type MeterProvider, metrics } from '@opentelemetry/api'
import { followPulse } from './pulse.ts'
import { type Follower, NO_API, note, shared } from './state.ts'
import { realImmediate, realTimeout } from './timers.ts'

/** Between two looks for a provider while nothing is measured: at first often, later seldom, never forever busy. */
const FIRST_LOOK_MS = 10
const LAST_LOOK_MS = 10_000

/** The place that all copies of OpenTelemetry's API 1.x share. */
const API = Symbol.for('opentelemetry.js.api.1')

/** Makes this follower's instruments with the provider of now, and with every later one. */
export function join(follower: Follower): void {
  shared.followers.add(follower)
  const provider = metrics.getMeterProvider()
  if (shared.provider === provider) followOne(follower, realProvider(provider))
  else attend()
  watch()
}

/**
 * Called by whoever notices that the global provider is another one than its own: everything follows.
 *
 * OpenTelemetry's API has no proxy for metrics: an instrument made before the SDK is registered is dead for ever. So
 * each update compares one pointer, and this is what happens when it differs.
 */
export function attend(): void {
  const provider = metrics.getMeterProvider()
  shared.api = (globalThis as { [API]?: { readonly metrics?: unknown } })[API] ?? NO_API
  shared.registered = shared.api === NO_API ? undefined : shared.api.metrics
  if (provider === shared.provider) return
  const real = realProvider(provider)
  // Every copy of the API has a provider of its own that does nothing: between those nothing changes.
  const stays = real === undefined && shared.isIdle && shared.tap === undefined
  shared.provider = provider
  shared.isIdle = real === undefined
  if (stays) return
  guarded(() => followPulse(real))
  for (const follower of shared.followers) followOne(follower, real)
}

/** Everything is made anew, with what `shared.tap` says now. */
export function attendAgain(): void {
  shared.provider = undefined
  shared.isIdle = false
  attend()
}

/** Undefined: nobody registered an SDK, and nobody listens. */
function realProvider(provider: MeterProvider): MeterProvider | undefined {
  let real: MeterProvider | undefined = provider
  guarded(() => {
    if (provider.getMeter('@tutti/business-metrics') === createNoopMeter()) real = undefined
  })
  return real
}

function followOne(follower: Follower, provider: MeterProvider | undefined): void {
  guarded(() => follower.follow(provider))
}

function guarded(run: () => void): void {
  try {
    run()
  } catch (error) {
    note(
      'provider',
      'tutti',
      () => `the MeterProvider failed: ${error instanceof Error ? error.message : 'unknown'}`,
    )
  }
}

/** Zeros and observed values are on the page also when nobody ever measures: so somebody has to look by themselves. */
function watch(): void {
  if (shared.isWatched) return
  shared.isWatched = true
  let waitMs = FIRST_LOOK_MS
  const look = (): void => {
    attend()
    waitMs = Math.min(waitMs * 2, LAST_LOOK_MS)
    realTimeout(look, waitMs).unref()
  }
  realImmediate(look).unref()
}
