import { availableParallelism } from 'node:os'
import type { BatchObservableCallback, Meter } from '@opentelemetry/api'
import { RecentMark } from './recent.ts'

/** CPU time and use, resident memory, context switches, page faults and age of this process, on every system. */
export function observeProcess(meter: Meter): () => void {
  const cpuTime = meter.createObservableCounter('process.cpu.time', {
    description: 'Total CPU seconds broken down by different states.',
    unit: 's',
  })
  const cpuUtilization = meter.createObservableGauge('process.cpu.utilization', {
    description: 'CPU time over the last 15 to 30 seconds, divided by that time and by the number of CPUs.',
    unit: '1',
  })
  const memoryUsage = meter.createObservableUpDownCounter('process.memory.usage', {
    description: 'The amount of physical memory in use.',
    unit: 'By',
  })
  const contextSwitches = meter.createObservableCounter('process.context_switches', {
    description: 'Number of times the process has been context switched.',
    unit: '{context_switch}',
  })
  const pagingFaults = meter.createObservableCounter('process.paging.faults', {
    description: 'Number of page faults the process has made.',
    unit: '{fault}',
  })
  const uptime = meter.createObservableGauge('process.uptime', {
    description: 'The time the process has been running.',
    unit: 's',
  })
  const startTime = meter.createObservableGauge('process.start_time', {
    description: 'When the process started, since the Unix epoch.',
    unit: 's',
  })

  const mark = new RecentMark(cpuNow)
  const observe: BatchObservableCallback = result => {
    const usage = process.resourceUsage()
    result.observe(cpuTime, usage.userCPUTime / 1e6, user)
    result.observe(cpuTime, usage.systemCPUTime / 1e6, system)
    const before = mark.get()
    const availableMs = (performance.now() - before.atMs) * availableParallelism()
    if (availableMs > 0) {
      result.observe(cpuUtilization, (usage.userCPUTime - before.userMicros) / 1e3 / availableMs, user)
      result.observe(cpuUtilization, (usage.systemCPUTime - before.systemMicros) / 1e3 / availableMs, system)
    }
    result.observe(memoryUsage, process.memoryUsage.rss())
    result.observe(contextSwitches, usage.voluntaryContextSwitches, voluntary)
    result.observe(contextSwitches, usage.involuntaryContextSwitches, involuntary)
    result.observe(pagingFaults, usage.majorPageFault, major)
    result.observe(pagingFaults, usage.minorPageFault, minor)
    result.observe(uptime, process.uptime())
    result.observe(startTime, performance.timeOrigin / 1e3)
  }
  const observed = [cpuTime, cpuUtilization, memoryUsage, contextSwitches, pagingFaults, uptime, startTime]
  meter.addBatchObservableCallback(observe, observed)
  return () => meter.removeBatchObservableCallback(observe, observed)
}

const user = { 'cpu.mode': 'user' }
const system = { 'cpu.mode': 'system' }
const voluntary = { 'process.context_switch.type': 'voluntary' }
const involuntary = { 'process.context_switch.type': 'involuntary' }
const major = { 'system.paging.fault.type': 'major' }
const minor = { 'system.paging.fault.type': 'minor' }

function cpuNow(): { atMs: number; userMicros: number; systemMicros: number } {
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  return { atMs: performance.now(), userMicros: userCPUTime, systemMicros: systemCPUTime }
}
