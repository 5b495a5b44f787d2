import { isMainThread } from 'node:worker_threads'
import type { MeterProvider } from '@opentelemetry/api'
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node'
import type { InstrumentationContext } from '../instrumentation.ts'
import { observeProcess } from './process.ts'

/** Event loop, garbage collection and heap of this thread, and CPU, memory and age of its process. */
export function startRuntime({ meter }: InstrumentationContext): () => void {
  const ourScope: MeterProvider = { getMeter: () => meter }
  const runtime = new RuntimeNodeInstrumentation()
  runtime.setMeterProvider(ourScope)
  // Threads share their process, so only one of them may speak for it.
  const stopProcess = isMainThread ? observeProcess(meter) : (): void => {}
  return () => {
    runtime.disable()
    stopProcess()
  }
}
