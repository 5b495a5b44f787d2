import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import type { MessagingMetrics } from './messaging.ts'

interface Worker {
  name: string
}

type ProcessJob = (this: Worker, ...args: unknown[]) => unknown

/** By these a processor puts its job back; nothing has failed. */
const notFailures = new Set(['DelayedError', 'WaitingError', 'WaitingChildrenError', 'RateLimitError'])

/** `Worker.callProcessJob` runs the app's processor and nothing else, in the process or in a sandbox. */
export function hookBullmqWorkers(
  { hook, warn }: InstrumentationContext,
  messaging: MessagingMetrics,
): () => void {
  let stopped = false
  const settle = guard('bullmq', warn, (worker: Worker, startMs: number, error: unknown) => {
    if (stopped) return
    const failed = error !== undefined && !notFailures.has((error as Error)?.name)
    messaging.processed('process', worker.name, startMs, failed ? error : undefined)
  })

  hook.onLoad('bullmq', 'dist/cjs/classes/worker.js', exports => {
    const { prototype } = (exports as { Worker: { prototype: { callProcessJob: ProcessJob } } }).Worker
    const { callProcessJob } = prototype
    prototype.callProcessJob = async function (...args) {
      const startMs = performance.now()
      try {
        const value = await callProcessJob.apply(this, args)
        settle(this, startMs, undefined)
        return value
      } catch (error) {
        settle(this, startMs, error ?? new Error())
        throw error
      }
    }
  })
  return () => {
    stopped = true
  }
}
