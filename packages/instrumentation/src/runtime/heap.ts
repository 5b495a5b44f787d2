import { getHeapStatistics } from 'node:v8'
import type { BatchObservableCallback, Meter } from '@opentelemetry/api'

/**
 * How large the heap of this thread may become before V8 ends the process, and the memory outside of it that its
 * objects hold (buffers): a leak shows in one of them. The semantic conventions have no name for either.
 */
export function observeHeap(meter: Meter): () => void {
  const limit = meter.createObservableGauge('v8js.memory.heap.size_limit', {
    description: 'The size that the heap may grow to.',
    unit: 'By',
  })
  const external = meter.createObservableGauge('v8js.memory.external', {
    description: 'Memory outside of the heap that objects of the heap hold, such as buffers.',
    unit: 'By',
  })
  const observe: BatchObservableCallback = result => {
    const { heap_size_limit, external_memory } = getHeapStatistics()
    result.observe(limit, heap_size_limit)
    result.observe(external, external_memory)
  }
  const observed = [limit, external]
  meter.addBatchObservableCallback(observe, observed)
  return () => meter.removeBatchObservableCallback(observe, observed)
}
