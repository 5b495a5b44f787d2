import { context, trace } from '@opentelemetry/api'
import { Counter } from '../metrics/counter.ts'
import type { DefaultMetricOptions } from './default-metric.ts'

/** From `process.cpuUsage()`, since these metrics are there. */
export function cpuMetrics({ registers, prefix, labels, enableExemplars }: DefaultMetricOptions): void {
  let last = process.cpuUsage()
  const options = { labelNames: Object.keys(labels), enableExemplars, ...(registers && { registers }) }
  const inc = (counter: Counter, microseconds: number): void => {
    const value = microseconds / 1e6
    if (enableExemplars) counter.inc({ labels, value, exemplarLabels: activeSpan() })
    else counter.inc(labels, value)
  }
  const user: Counter = new Counter({
    ...options,
    name: `${prefix}process_cpu_user_seconds_total`,
    help: 'Total user CPU time spent in seconds.',
    collect() {
      const now = process.cpuUsage()
      const userMicroseconds = now.user - last.user
      const systemMicroseconds = now.system - last.system
      last = now
      inc(user, userMicroseconds)
      inc(system, systemMicroseconds)
      inc(both, userMicroseconds + systemMicroseconds)
    },
  })
  const system = new Counter({
    ...options,
    name: `${prefix}process_cpu_system_seconds_total`,
    help: 'Total system CPU time spent in seconds.',
  })
  const both = new Counter({
    ...options,
    name: `${prefix}process_cpu_seconds_total`,
    help: 'Total user and system CPU time spent in seconds.',
  })
}

function activeSpan(): Record<string, string> {
  const span = trace.getSpan(context.active())?.spanContext()
  return span === undefined ? {} : { traceId: span.traceId, spanId: span.spanId }
}
