import { isMainThread } from 'node:worker_threads'
import type { MeterProvider } from '@opentelemetry/api'
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node'
import type { InstrumentationContext } from '../instrumentation.ts'
import { stopAll } from '../stop-all.ts'
import { observedByUs, observeEventLoop } from './event-loop.ts'
import { observeHeap } from './heap.ts'
import { meterOfUpstream } from './meter-of-upstream.ts'
import { observeProcFiles } from './proc-files.ts'
import { observeProcess } from './process.ts'

/** Upstream's monitor of the event loop's delay can't be left out, and nobody reads it: it wakes up after 24 days. */
const ASLEEP_MS = 2 ** 31 - 1

/** Event loop, garbage collection, heap and resources of this thread, and what its process takes of the machine. */
export function startRuntime({ meter }: InstrumentationContext): () => void {
  const ourScope: MeterProvider = { getMeter: () => meterOfUpstream(meter, observedByUs) }
  const upstream = new RuntimeNodeInstrumentation({ monitoringPrecision: ASLEEP_MS })
  upstream.setMeterProvider(ourScope)
  const stops = [() => upstream.disable(), observeEventLoop(meter), observeHeap(meter)]
  // Threads share their process, so only one of them may speak for it.
  if (isMainThread) stops.push(observeProcess(meter), observeProcFiles(meter))
  return stopAll(stops)
}
