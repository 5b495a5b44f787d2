import { setTimeout as wait } from 'node:timers/promises'

/** Waits, unless and until the signal says that the process ends. */
export async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  await wait(durationMs, undefined, { signal }).catch(() => undefined)
}
