import { recorded } from '../names/recorded.ts'
import type { Monitored } from '../options.ts'
import type { Alert } from './alert.ts'
import { records } from './recordings.ts'
import { aboveLimit, belowLimit, events } from './share-stories.ts'

/** Of what is asked of Redis; caches that a catalog describes have their own. */
export function cacheAlerts({ job, thresholds }: Monitored): Alert[] {
  const matchers = `{job="${job}"}`
  const { cacheHitRatio, cacheFailureRatio } = thresholds
  const requests = (result: string) =>
    `${recorded.cacheRequests.family}{job="${job}", cache_result="${result}"}`
  return [
    {
      name: 'CacheHitRateCollapsed',
      severity: 'warning',
      expr: `${records.cacheHitRatio}${matchers} < ${cacheHitRatio}\nand\n${records.cacheRequests}${matchers} > 1`,
      forSeconds: 600,
      summary: 'The cache of {{ $labels.job }} hardly helps',
      description: 'Only {{ $value | humanizePercentage }} of what is asked for is there.',
      ...belowLimit(cacheHitRatio, hit => events({ hit, miss: 1 - hit }, requests)),
    },
    {
      name: 'CacheFailing',
      severity: 'critical',
      expr: `${records.cacheFailureRatio}${matchers} > ${cacheFailureRatio}`,
      forSeconds: 300,
      summary: 'The cache of {{ $labels.job }} does not answer',
      description: '{{ $value | humanizePercentage }} of requests to it fail.',
      ...aboveLimit(cacheFailureRatio, failure => events({ hit: 1 - failure, failure }, requests)),
    },
  ]
}
