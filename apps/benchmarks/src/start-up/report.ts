import { judged, number, spreadText } from '../figure-text.ts'
import { versionOf } from '../peers.ts'
import { type Contestant, contestantNames, contestants } from '../service/contestants.ts'
import { table } from '../table.ts'
import { type StartUpFigures, type StartUpResult, services } from './run.ts'

/** At most this part of what upstream adds. */
const aim = 1 / 5

export function startUpSection({ rounds, figures }: StartUpResult): string[] {
  return [
    '## Start-up of a service',
    '',
    `From the start of its process to when it listens; median (fastest-slowest) of ${rounds} rounds, interleaved.`,
    'CPU time is that of all threads, at listening and a second later, when what was put off is done too.',
    `Modules are CommonJS files of the main thread. ${contestantNames.opentelemetry} ${versionOf(contestantNames.opentelemetry)}`,
    'serves Prometheus, with traces and logs off.',
    '',
    ...services.flatMap(name => [...startUpTable(name, figures[name]), '']),
  ]
}

type Measured = keyof Omit<StartUpFigures, 'modules'>

function startUpTable(name: string, figures: Record<Contestant, StartUpFigures>): string[] {
  const row = (title: string, cell: (contestant: Contestant) => string) => [title, ...contestants.map(cell)]
  const spreads = (title: string, of: Measured) => [
    row(`${title}, ms`, contestant => spreadText(figures[contestant][of], 0)),
    row(`${title} added, ms`, contestant => addedText(figures, contestant, of)),
  ]
  return table(
    [name, ...contestants.map(contestant => contestantNames[contestant])],
    [
      ...spreads('wall', 'wallMs'),
      ...spreads('CPU', 'cpuMs'),
      ...spreads('CPU a second later', 'laterCpuMs'),
      row('modules', contestant => number(figures[contestant].modules, 0)),
    ],
  )
}

function addedText(
  figures: Record<Contestant, StartUpFigures>,
  contestant: Contestant,
  of: Measured,
): string {
  const median = (each: Contestant) => figures[each][of].median
  const added = median(contestant) - median('bare')
  if (contestant !== 'tutti') return contestant === 'bare' ? '0' : number(added, 0)
  const part = added / (median('opentelemetry') - median('bare'))
  return `${number(added, 0)}, ${number(part * 100, 0)} % of upstream's ${judged(part <= aim, '20 %')}`
}
