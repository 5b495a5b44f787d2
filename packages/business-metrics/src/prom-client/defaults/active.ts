import { type DefaultMetricOptions, defaultGauge } from './default-metric.ts'

type List = () => readonly string[]

/** From `process.getActiveResourcesInfo()`. */
export function resourceMetrics(options: DefaultMetricOptions): void {
  activeMetrics(options, () => process.getActiveResourcesInfo(), {
    name: 'nodejs_active_resources',
    help: 'Number of active resources that are currently keeping the event loop alive, grouped by async resource type.',
    totalHelp: 'Total number of active resources.',
  })
}

/** From `process._getActiveHandles()`. */
export function handleMetrics(options: DefaultMetricOptions): void {
  activeMetrics(options, namesFrom('_getActiveHandles'), {
    name: 'nodejs_active_handles',
    help: 'Number of active libuv handles grouped by handle type. Every handle type is C++ class name.',
    totalHelp: 'Total number of active handles.',
  })
}

/** From `process._getActiveRequests()`. */
export function requestMetrics(options: DefaultMetricOptions): void {
  activeMetrics(options, namesFrom('_getActiveRequests'), {
    name: 'nodejs_active_requests',
    help: 'Number of active libuv requests grouped by request type. Every request type is C++ class name.',
    totalHelp: 'Total number of active requests.',
  })
}

/** What is undocumented may not be there. */
function namesFrom(method: string): List | undefined {
  const list = (process as unknown as Record<string, unknown>)[method]
  if (typeof list !== 'function') return undefined
  return () =>
    (list.call(process) as object[]).map(each => each?.constructor?.name ?? '').filter(name => name !== '')
}

function activeMetrics(
  options: DefaultMetricOptions,
  list: List | undefined,
  { name, help, totalHelp }: { name: string; help: string; totalHelp: string },
): void {
  if (list === undefined) return
  const { labels } = options
  defaultGauge(options, {
    name,
    help,
    labelNames: ['type'],
    collect() {
      const counts = new Map<string, number>()
      for (const type of list()) counts.set(type, (counts.get(type) ?? 0) + 1)
      this.reset()
      for (const [type, count] of counts) this.set({ type, ...labels }, count)
    },
  })
  defaultGauge(options, {
    name: `${name}_total`,
    help: totalHelp,
    collect() {
      this.set(labels, list().length)
    },
  })
}
