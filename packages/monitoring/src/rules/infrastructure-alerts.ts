import { foreign } from '../names/foreign.ts'
import type { Monitored } from '../options.ts'
import { duration } from '../promql.ts'
import { type Alert, growing, steady } from './alert.ts'
import { aboveAndBelow, humanizedPercentage } from './humanize.ts'

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
  const rate = (family: string) =>
    `sum by (namespace, pod, container) (rate(${family}{${container}}[${duration(300)}]))`
  const free = aboveAndBelow(thresholds.freeRatio)
  const used = aboveAndBelow(thresholds.containerMemoryRatio)
  const throttling = aboveAndBelow(thresholds.throttledRatio)
  const inPod = 'The container {{ $labels.container }} of {{ $labels.pod }}'
  return [
    {
      name: 'DiskNearlyFull',
      severity: 'warning',
      expr: `${foreign.diskAvailable.family}{${disks}} / ${foreign.diskSize.family}{${disks}} < ${thresholds.freeRatio}`,
      forSeconds: 900,
      summary: 'The disk {{ $labels.mountpoint }} of {{ $labels.instance }} is nearly full',
      description: '{{ $value | humanizePercentage }} of it is free.',
      firing: {
        series: disk(free.below),
        ...{
          atMinutes: 30,
          labels: { ...machine, mountpoint: '/', fstype: 'ext4' },
          value: humanizedPercentage(free.below),
        },
      },
      quiet: { series: disk(free.above), atMinutes: 30 },
    },
    {
      name: 'MemoryNearlyFull',
      severity: 'warning',
      expr: `${foreign.memoryAvailable.family} / ${foreign.memoryTotal.family} < ${thresholds.freeRatio}`,
      forSeconds: 900,
      summary: '{{ $labels.instance }} has hardly any memory left',
      description: '{{ $value | humanizePercentage }} of its memory is available.',
      firing: {
        series: memory(free.below),
        ...{ atMinutes: 30, labels: machine, value: humanizedPercentage(free.below) },
      },
      quiet: { series: memory(free.above), atMinutes: 30 },
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
      firing: {
        series: containerMemory(used.above),
        ...{ atMinutes: 20, labels: pod, value: humanizedPercentage(used.above) },
      },
      quiet: { series: containerMemory(used.below), atMinutes: 20 },
    },
    {
      name: 'ContainerCpuThrottled',
      severity: 'info',
      expr: `${rate(foreign.containerThrottled.family)} / ${rate(foreign.containerPeriods.family)} > ${thresholds.throttledRatio}`,
      forSeconds: 900,
      summary: `${inPod} is held back`,
      description: 'In {{ $value | humanizePercentage }} of periods it has used up its share of the CPU.',
      firing: {
        series: periods(throttling.above),
        ...{ atMinutes: 30, labels: pod, value: humanizedPercentage(throttling.above) },
      },
      quiet: { series: periods(throttling.below), atMinutes: 30 },
    },
  ]
}
