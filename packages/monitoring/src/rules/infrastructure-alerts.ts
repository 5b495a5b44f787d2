import { foreign } from '../names/foreign.ts'
import type { Metric } from '../names/metric.ts'
import type { Monitored } from '../options.ts'
import { duration, rate } from '../promql.ts'
import { type Alert, growing, steady } from './alert.ts'
import { aboveLimit, belowLimit } from './share-stories.ts'

/** Machines and containers, where node_exporter and the kubelet are scraped. */
export function infrastructureAlerts({ namespace, thresholds }: Monitored): Alert[] {
  const disks = 'fstype!~"tmpfs|overlay|squashfs"'
  const container = `namespace="${namespace}", container!=""`
  const machine = { job: 'node', instance: 'a:9100' }
  const pod = { namespace, pod: 'api-0', container: 'api' }
  const labels = 'job="node", instance="a:9100"'
  const disk = (free: number) => ({
    [`${foreign.diskAvailable.family}{${labels}, mountpoint="/", fstype="ext4"}`]: steady(free),
    [`${foreign.diskSize.family}{${labels}, mountpoint="/", fstype="ext4"}`]: steady(1),
  })
  const memory = (free: number) => ({
    [`${foreign.memoryAvailable.family}{${labels}}`]: steady(free),
    [`${foreign.memoryTotal.family}{${labels}}`]: steady(1),
  })
  const of = (family: string) => `${family}{namespace="${namespace}", pod="api-0", container="api"}`
  const containerMemory = (used: number) => ({
    [of(foreign.containerMemory.family)]: steady(used),
    [of(foreign.containerMemoryLimit.family)]: steady(1),
  })
  const periods = (throttled: number) => ({
    [of(foreign.containerPeriods.family)]: growing(1e4),
    [of(foreign.containerThrottled.family)]: growing(throttled * 1e4),
  })
  const scope = { matchers: container, range: duration(300) }
  const perSecond = (metric: Metric) => rate(metric, scope, 'namespace, pod, container')
  const inPod = 'The container {{ $labels.container }} of {{ $labels.pod }}'
  return [
    {
      name: 'DiskNearlyFull',
      severity: 'warning',
      expr: `${foreign.diskAvailable.family}{${disks}} / ${foreign.diskSize.family}{${disks}} < ${thresholds.freeRatio}`,
      forSeconds: 900,
      summary: 'The disk {{ $labels.mountpoint }} of {{ $labels.instance }} is nearly full',
      description: '{{ $value | humanizePercentage }} of it is free.',
      ...belowLimit(thresholds.freeRatio, disk, {
        labels: { ...machine, mountpoint: '/', fstype: 'ext4' },
        atMinutes: 30,
      }),
    },
    {
      name: 'MemoryNearlyFull',
      severity: 'warning',
      expr: `${foreign.memoryAvailable.family} / ${foreign.memoryTotal.family} < ${thresholds.freeRatio}`,
      forSeconds: 900,
      summary: '{{ $labels.instance }} has hardly any memory left',
      description: '{{ $value | humanizePercentage }} of its memory is available.',
      ...belowLimit(thresholds.freeRatio, memory, { labels: machine, atMinutes: 30 }),
    },
    {
      name: 'ContainerMemoryNearLimit',
      severity: 'warning',
      expr:
        `max by (namespace, pod, container) (${foreign.containerMemory.family}{${container}}) / ` +
        `max by (namespace, pod, container) (${foreign.containerMemoryLimit.family}{${container}} > 0) > ${thresholds.containerMemoryRatio}`,
      forSeconds: 300,
      summary: `${inPod} is about to be killed for its memory`,
      description:
        'It uses {{ $value | humanizePercentage }} of its limit, the segments of its metrics included.',
      ...aboveLimit(thresholds.containerMemoryRatio, containerMemory, { labels: pod }),
    },
    {
      name: 'ContainerCpuThrottled',
      severity: 'info',
      expr: `${perSecond(foreign.containerThrottled)} / ${perSecond(foreign.containerPeriods)} > ${thresholds.throttledRatio}`,
      forSeconds: 900,
      summary: `${inPod} is held back`,
      description: 'In {{ $value | humanizePercentage }} of periods it has used up its share of the CPU.',
      ...aboveLimit(thresholds.throttledRatio, periods, { labels: pod, atMinutes: 30 }),
    },
  ]
}
