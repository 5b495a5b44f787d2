import { spreadText } from '../figure-text.ts'
import { titles } from '../hot-path/workload.ts'
import { packageNames } from '../peers.ts'
import { table } from '../table.ts'
import { type CrowdResult, crowdOperations, crowdPeers, crowds } from './run.ts'

export function crowdSection({ calls, rounds, figures }: CrowdResult): string[] {
  return [
    '## Many processes at once',
    '',
    'Nanoseconds of CPU time a call while as many processes do the same at the same time, ours into one directory:',
    `median (fastest-slowest) of ${rounds} rounds of ${calls.toLocaleString('en-US')} calls in each process.`,
    '',
    ...table(
      ['', ...crowds.map(size => (size === 1 ? '1 process' : `${size} processes`))],
      crowdPeers.flatMap(peer =>
        crowdOperations.map(operation => [
          `${packageNames[peer]}, ${titles[operation]}`,
          ...crowds.map(size => spreadText(figures[peer]?.[operation]?.[size], 1)),
        ]),
      ),
    ),
    '',
  ]
}
