import { judged, number, spreadText } from '../figure-text.ts'
import { contestantNames, contestants } from '../service/contestants.ts'
import type { Spread } from '../statistics.ts'
import { table } from '../table.ts'
import type { ThroughputResult } from './run.ts'

export function throughputSection({
  generations,
  rounds,
  seconds,
  connections,
  generator,
  workloads,
}: ThroughputResult): string[] {
  const columns = contestants.map(contestant => contestantNames[contestant])
  const rows = (digits: number, of: 'requestsPerSecond' | 'cpuMicros') =>
    workloads.map(({ title, figures }) => [
      title,
      ...contestants.map(contestant => spreadText(figures[contestant][of], digits)),
    ])
  const percent = ({ median, min, max }: Spread): string =>
    `${number(median * 100, 1)} (${number(min * 100, 1)}-${number(max * 100, 1)})`
  const ratios = (of: 'ofBare' | 'cpuOfBare') =>
    workloads.map(({ title, aim, figures }) => [
      title,
      ...contestants.slice(1).map(contestant => {
        const ratio = figures[contestant][of]
        if (contestant !== 'tutti') return percent(ratio)
        return `${percent(ratio)} ${judged(ratio.median >= aim, `${number(aim * 100, 0)} %`)}`
      }),
    ])
  const leastRatios = workloads.map(({ title, figures }) => [
    title,
    ...contestants.slice(1).map(contestant => number(figures[contestant].leastCpuOfBare * 100, 1)),
  ])
  return [
    '## Throughput of a service',
    '',
    `${generator}, ${connections} connections, ${seconds} s a turn, interleaved: median (least-most) of ${rounds} rounds with each of`,
    `${generations} processes. The service has one core to itself, the load and what is behind the service the other one.`,
    'All requests are found on the page again. CPU time, of all threads, is the steadier figure: with a core to itself a',
    'busy service answers as many more as it takes less of it.',
    '',
    ...table(
      ['CPU time a request of the bare service, by its own, %', ...columns.slice(1)],
      ratios('cpuOfBare'),
    ),
    '',
    ...table(['the same of the least that each took in any turn, %', ...columns.slice(1)], leastRatios),
    '',
    ...table(['% of what the bare service answers in the same round', ...columns.slice(1)], ratios('ofBare')),
    '',
    ...table(['requests a second', ...columns], rows(0, 'requestsPerSecond')),
    '',
    ...table(['CPU time a request, µs', ...columns], rows(1, 'cpuMicros')),
    '',
  ]
}
