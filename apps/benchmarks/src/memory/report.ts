import { judged, number, spreadText } from '../figure-text.ts'
import { type Contestant, contestantNames, contestants } from '../service/contestants.ts'
import type { Spread } from '../statistics.ts'
import { table } from '../table.ts'
import {
  type MemoryFigures,
  type MemoryResult,
  type MemoryService,
  type Moment,
  memoryServices,
  moments,
} from './run.ts'

/** At most this part of what upstream adds. */
const aim = 1 / 4

const serviceTitles: Record<MemoryService, string> = {
  http: 'http, one process',
  fastify: 'fastify, one process',
  cluster: 'http, a cluster of 1 + 4 processes',
}

const momentTitles: Record<Moment, string> = {
  rest: 'after the start',
  scraped: 'scraped every second',
  loaded: 'after load',
}

export function memorySection({
  rounds,
  loadSeconds,
  connections,
  generator,
  figures,
}: MemoryResult): string[] {
  return [
    '## Memory of a service',
    '',
    'Resident memory (RSS), the sum over all processes of the service, all threads included: 2 s after its start, when its',
    `page was then read each second, and 2 s after ${loadSeconds} s of load (${generator}, ${connections} connections). Each time its page was just`,
    `read. Median (least-most) of ${rounds} starts each. Of the pages that processes share, of Node's own file above all, each`,
    'counts its part only in what is called proportional (PSS).',
    '',
    ...memoryServices.flatMap(name => [...memoryTable(serviceTitles[name], figures[name]), '']),
  ]
}

function memoryTable(title: string, figures: Record<Contestant, MemoryFigures>): string[] {
  const row = (head: string, cell: (contestant: Contestant) => string) => [head, ...contestants.map(cell)]
  const added = (moment: Moment, of: 'resident' | 'proportional') => (contestant: Contestant) =>
    addedText(contestant, of === 'resident', each => figures[each][moment][of].median / 1e6)
  return table(
    [title, ...contestants.map(contestant => contestantNames[contestant])],
    moments.flatMap(moment => [
      row(`${momentTitles[moment]}, MB`, contestant =>
        spreadText(inMegabytes(figures[contestant][moment].resident), 0),
      ),
      row(`${momentTitles[moment]}, added, MB`, added(moment, 'resident')),
      row(`${momentTitles[moment]}, proportional, added, MB`, added(moment, 'proportional')),
    ]),
  )
}

/** Only resident memory has an aim. */
function addedText(contestant: Contestant, isJudged: boolean, of: (each: Contestant) => number): string {
  const added = of(contestant) - of('bare')
  if (contestant !== 'tutti') return contestant === 'bare' ? '0' : number(added, 1)
  const part = added / (of('opentelemetry') - of('bare'))
  const share = `${number(added, 1)}, ${number(part * 100, 0)} % of upstream's`
  return isJudged ? `${share} ${judged(part <= aim, '25 %')}` : share
}

function inMegabytes({ median, min, max }: Spread): Spread {
  return { median: median / 1e6, min: min / 1e6, max: max / 1e6 }
}
