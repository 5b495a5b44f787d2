import type { BatchObservableCallback, Meter } from '@opentelemetry/api'

/** CPU time, resident memory and age of this process, by the semantic conventions. */
export function observeProcess(meter: Meter): () => void {
  const cpuTime = meter.createObservableCounter('process.cpu.time', {
    description: 'Total CPU seconds broken down by different states.',
    unit: 's',
  })
  const memoryUsage = meter.createObservableUpDownCounter('process.memory.usage', {
    description: 'The amount of physical memory in use.',
    unit: 'By',
  })
  const uptime = meter.createObservableGauge('process.uptime', {
    description: 'The time the process has been running.',
    unit: 's',
  })
  const observe: BatchObservableCallback = result => {
    const { user, system } = process.cpuUsage()
    result.observe(cpuTime, user / 1e6, { 'cpu.mode': 'user' })
    result.observe(cpuTime, system / 1e6, { 'cpu.mode': 'system' })
    result.observe(memoryUsage, process.memoryUsage.rss())
    result.observe(uptime, process.uptime())
  }
  const observed = [cpuTime, memoryUsage, uptime]
  meter.addBatchObservableCallback(observe, observed)
  return () => meter.removeBatchObservableCallback(observe, observed)
}
