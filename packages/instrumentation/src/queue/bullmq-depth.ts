import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../instrumentation.ts'

interface Queue {
  name: string
  closing?: unknown
  waitUntilReady(): Promise<unknown>
  getJobCounts(...states: string[]): Promise<Record<string, number>>
}

const states = ['waiting', 'active', 'delayed', 'failed', 'prioritized', 'waiting-children']
const defaultIntervalMs = 10_000
const maxQueues = 200

/**
 * `bullmq.queue.jobs`, named as BullMQ itself does: jobs in each state, of every queue that the app has a
 * `Queue` of. One round trip to Redis for each queue every 10 s (`TUTTI_BULLMQ_INTERVAL_MS`, 0 for never), and
 * none while the last one is not answered. A synchronous gauge, since all processes see the same queue.
 */
export function hookBullmqDepth({ hook, meter, env, warn }: InstrumentationContext): () => void {
  const intervalMs = readInterval(env)
  if (intervalMs === 0) return () => {}
  const jobs = meter.createGauge('bullmq.queue.jobs', {
    description: 'Number of jobs in the queue by state.',
    unit: '{job}',
  })
  const queues = new Set<WeakRef<Queue>>()
  const asked = new WeakSet<Queue>()
  let timer: NodeJS.Timeout | undefined

  async function ask(queue: Queue): Promise<void> {
    if (asked.has(queue)) return
    asked.add(queue)
    try {
      const counts = await queue.getJobCounts(...states)
      for (const state of states) {
        jobs.record(counts[state] ?? 0, {
          'messaging.system': 'bullmq',
          'messaging.destination.name': queue.name,
          'bullmq.queue.jobs.state': state,
        })
      }
    } catch {
      // Redis is away or the queue closes; the next round asks again.
    } finally {
      asked.delete(queue)
    }
  }

  const askAll = guard('bullmq', warn, () => {
    for (const reference of queues) {
      const queue = reference.deref()
      if (queue === undefined || queue.closing) queues.delete(reference)
      else void ask(queue)
    }
  })
  const remember = guard('bullmq', warn, (queue: Queue) => {
    if (queues.size >= maxQueues) return
    queues.add(new WeakRef(queue))
    timer ??= setInterval(askAll, intervalMs).unref()
  })

  hook.onLoad('bullmq', 'dist/cjs/classes/queue.js', exports => {
    const { prototype } = (exports as { Queue: { prototype: Queue } }).Queue
    const { waitUntilReady } = prototype
    const seen = new WeakSet<Queue>()
    // A queue waits for its connection as soon as it is made.
    prototype.waitUntilReady = function (): Promise<unknown> {
      if (!seen.has(this)) {
        seen.add(this)
        remember(this)
      }
      return waitUntilReady.call(this)
    }
  })
  return () => clearInterval(timer)
}

function readInterval({ TUTTI_BULLMQ_INTERVAL_MS: text }: NodeJS.ProcessEnv): number {
  const intervalMs = Number(text?.trim() || defaultIntervalMs)
  return Number.isInteger(intervalMs) && intervalMs >= 0 ? intervalMs : defaultIntervalMs
}
