import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import type { MessagingMetrics } from './messaging.ts'

interface Producer {
  name?: string
}

interface FlowJob {
  queueName: string
  children?: FlowJob[]
}

type Send = (this: Producer, subject: unknown, ...rest: unknown[]) => Promise<unknown>

/** How many jobs go to which queue. */
type CountJobs = (producer: Producer, subject: unknown) => Map<string, number>

/** `Queue.add` and `.addBulk`, `FlowProducer.add` and `.addBulk`; a flow's jobs are sent to several queues. */
export function hookBullmqProducers(
  { hook, warn }: InstrumentationContext,
  messaging: MessagingMetrics,
): () => void {
  let stopped = false
  const settle = guard(
    'bullmq',
    warn,
    (
      operation: string,
      count: CountJobs,
      producer: Producer,
      subject: unknown,
      startMs: number,
      error: unknown,
    ) => {
      if (stopped) return
      for (const [queue, jobs] of count(producer, subject))
        messaging.sent(operation, queue, jobs, startMs, error)
    },
  )

  function wrap(prototype: Record<string, Send>, operation: string, count: CountJobs): void {
    const send = prototype[operation]
    if (send === undefined) return
    prototype[operation] = async function (subject, ...rest) {
      const startMs = performance.now()
      try {
        const jobs = await send.call(this, subject, ...rest)
        settle(operation, count, this, subject, startMs, undefined)
        return jobs
      } catch (error) {
        settle(operation, count, this, subject, startMs, error ?? new Error())
        throw error
      }
    }
  }

  hook.onLoad('bullmq', 'dist/cjs/classes/queue.js', exports => {
    const { prototype } = (exports as { Queue: { prototype: Record<string, Send> } }).Queue
    wrap(prototype, 'add', queue => new Map([[queue.name ?? '', 1]]))
    wrap(prototype, 'addBulk', (queue, jobs) => new Map([[queue.name ?? '', (jobs as unknown[]).length]]))
  })
  hook.onLoad('bullmq', 'dist/cjs/classes/flow-producer.js', exports => {
    const { prototype } = (exports as { FlowProducer: { prototype: Record<string, Send> } }).FlowProducer
    wrap(prototype, 'add', (_producer, flow) => countFlow([flow as FlowJob]))
    wrap(prototype, 'addBulk', (_producer, flows) => countFlow(flows as FlowJob[]))
  })
  return () => {
    stopped = true
  }
}

function countFlow(flows: FlowJob[], jobsByQueue: Map<string, number> = new Map()): Map<string, number> {
  for (const { queueName, children } of flows) {
    jobsByQueue.set(queueName, (jobsByQueue.get(queueName) ?? 0) + 1)
    if (children !== undefined) countFlow(children, jobsByQueue)
  }
  return jobsByQueue
}
