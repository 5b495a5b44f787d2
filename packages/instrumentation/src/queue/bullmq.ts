import type { InstrumentationContext } from '../instrumentation.ts'
import { stopAll } from '../stop-all.ts'
import { hookBullmqDepth } from './bullmq-depth.ts'
import { hookBullmqProducers } from './bullmq-producers.ts'
import { hookBullmqWorkers } from './bullmq-workers.ts'
import { createMessagingMetrics } from './messaging.ts'

/**
 * What BullMQ 5 and 6 send and process, and how full their queues are, by hooks. BullMQ's own `telemetry`
 * option is the app's to use, has to be given to each queue and worker, and times nothing that is sent.
 */
export function startBullmq(context: InstrumentationContext): () => void {
  const messaging = createMessagingMetrics(context.meter, 'bullmq')
  return stopAll([
    hookBullmqProducers(context, messaging),
    hookBullmqWorkers(context, messaging),
    hookBullmqDepth(context),
  ])
}
