import type { CatalogDescription } from '@tutti/business-metrics'

/** What is built is for one service: one value of the label `job`. */
export interface MonitoringOptions {
  /** The label `job` of the service's targets. */
  readonly job: string
  /** What the dashboard of its business metrics is called; `job` if it is not said. */
  readonly title?: string
  /** What `catalog.describe()` of `@tutti/business-metrics` says. */
  readonly catalogs?: readonly CatalogDescription[]
  /** The label `team` of every alert, which Alertmanager routes by. */
  readonly team?: string
  /** The namespace of its containers in Kubernetes; `job` if it is not said. */
  readonly namespace?: string
  /** Where the runbooks are, without a slash at the end. */
  readonly runbookBaseUrl?: string
  readonly thresholds?: Partial<Thresholds>
}

/** Where alerts begin. */
export interface Thresholds {
  /** Share of requests that are answered with 5xx. */
  readonly httpErrorRatio: number
  readonly httpP99Seconds: number
  /** Share of requests that shall not be answered with 5xx, over 30 days. */
  readonly httpAvailabilityTarget: number
  readonly eventLoopDelayP99Seconds: number
  readonly eventLoopUtilizationRatio: number
  readonly heartbeatAgeSeconds: number
  /** Workers that may die in ten minutes. */
  readonly deathsCount: number
  readonly heapRatio: number
  readonly descriptorsRatio: number
  readonly databaseErrorRatio: number
  readonly databaseP99Seconds: number
  readonly cacheHitRatio: number
  readonly cacheFailureRatio: number
  readonly queueBacklogCount: number
  /** How long the oldest entry of a queue may wait. */
  readonly queueAgeSeconds: number
  readonly queueFailureRatio: number
  /** Share of the runs of an operation or a job that fail. */
  readonly failureRatio: number
  /** Share of a ratio's events that shall succeed. */
  readonly successRatio: number
  /** A job that has not succeeded for so long is stale. */
  readonly jobStaleSeconds: number
  /** Share of a disk, or of memory, that shall stay free. */
  readonly freeRatio: number
  readonly containerMemoryRatio: number
  readonly throttledRatio: number
}

export const defaultThresholds: Thresholds = {
  httpErrorRatio: 0.05,
  httpP99Seconds: 1,
  httpAvailabilityTarget: 0.999,
  eventLoopDelayP99Seconds: 0.25,
  eventLoopUtilizationRatio: 0.9,
  heartbeatAgeSeconds: 10,
  deathsCount: 3,
  heapRatio: 0.9,
  descriptorsRatio: 0.8,
  databaseErrorRatio: 0.05,
  databaseP99Seconds: 1,
  cacheHitRatio: 0.5,
  cacheFailureRatio: 0.1,
  queueBacklogCount: 1_000,
  queueAgeSeconds: 900,
  queueFailureRatio: 0.1,
  failureRatio: 0.25,
  successRatio: 0.5,
  jobStaleSeconds: 86_400,
  freeRatio: 0.1,
  containerMemoryRatio: 0.9,
  throttledRatio: 0.25,
}

/** The options with everything that was left out. */
export interface Monitored extends Required<Omit<MonitoringOptions, 'thresholds'>> {
  readonly thresholds: Thresholds
}

const defaultRunbookBaseUrl = 'https://github.com/tutti/tutti/blob/main/docs/runbooks'

/** Throws a RangeError for options that no rule could be made of. */
export function readOptions(options: MonitoringOptions): Monitored {
  const { job, runbookBaseUrl = defaultRunbookBaseUrl } = options
  if (!/^[\w.-]+$/.test(job))
    throw new RangeError(
      `job is "${job}"; give the label "job" of the targets: letters, digits, ".", "_" and "-".`,
    )
  return {
    ...{ title: job, catalogs: [], team: 'platform', namespace: job },
    ...options,
    runbookBaseUrl: runbookBaseUrl.replace(/\/+$/, ''),
    thresholds: { ...defaultThresholds, ...options.thresholds },
  }
}
