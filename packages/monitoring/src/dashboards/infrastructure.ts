import { foreign as f } from '../names/foreign.ts'
import type { Metric } from '../names/metric.ts'
import type { Monitored } from '../options.ts'
import { type Dashboard, query } from './panel.ts'

/** Where node_exporter and the kubelet's cAdvisor are scraped; empty elsewhere. */
export function infrastructure({ namespace }: Monitored): Dashboard {
  const matchers = `namespace="${namespace}", container!=""`
  const max = ({ family }: Metric, more = '') => `max by (pod, container) (${family}{${matchers}}${more})`
  const perSecond = ({ family }: Metric) =>
    `sum by (pod, container) (rate(${family}{${matchers}}[$__rate_interval]))`
  const disks = 'fstype!~"tmpfs|overlay|squashfs"'
  const container = '{{pod}} {{container}}'
  return {
    slug: 'infrastructure',
    title: 'Infrastructure',
    description: 'Machines and their disks, containers and their limits.',
    rows: [
      {
        title: 'Machines',
        panels: [
          {
            ...{ title: 'Free disk', kind: 'lines', unit: 'percentunit' },
            description: 'Share of each disk that is free.',
            queries: [
              query(
                `${f.diskAvailable.family}{${disks}} / ${f.diskSize.family}{${disks}}`,
                '{{instance}} {{mountpoint}}',
              ),
            ],
          },
          {
            ...{ title: 'Available memory', kind: 'lines', unit: 'percentunit' },
            description: 'Share of each machine’s memory that could be had.',
            queries: [query(`${f.memoryAvailable.family} / ${f.memoryTotal.family}`, '{{instance}}')],
          },
          {
            ...{ title: 'Load', kind: 'lines', unit: 'short' },
            description: 'Over five minutes.',
            queries: [query(f.load.family, '{{instance}}')],
          },
          {
            ...{ title: 'Targets', kind: 'stat', unit: 'short', isTall: true },
            description: 'What Prometheus scrapes of this service and gets an answer from.',
            queries: [query(`sum(${f.up.family}{job=~"$job"})`, 'up')],
          },
        ],
      },
      {
        title: 'Containers',
        panels: [
          {
            ...{ title: 'CPU', kind: 'lines', unit: 'short' },
            description: 'CPUs in use.',
            queries: [query(perSecond(f.containerCpu), container)],
          },
          {
            ...{ title: 'Throttled', kind: 'lines', unit: 'percentunit', alarming: [0.1, 0.25] },
            description: 'Share of periods in which a container had used up its CPU.',
            queries: [
              query(`${perSecond(f.containerThrottled)} / ${perSecond(f.containerPeriods)}`, container),
            ],
          },
          {
            ...{ title: 'Memory', kind: 'lines', unit: 'bytes' },
            description: 'Working set; a memory-backed directory of metrics is part of it.',
            queries: [query(max(f.containerMemory), container)],
          },
          {
            ...{ title: 'Memory of its limit', kind: 'lines', unit: 'percentunit', alarming: [0.8, 0.9] },
            description: 'At 100 % the container is killed.',
            queries: [query(`${max(f.containerMemory)} / ${max(f.containerMemoryLimit, ' > 0')}`, container)],
          },
        ],
      },
    ],
  }
}
