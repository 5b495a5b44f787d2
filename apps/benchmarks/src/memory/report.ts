import { judged, number, spreadText } from '../figure-text.ts'
import { type Contestant, contestantNames, contestants } from '../service/contestants.ts'
import { services } from '../start-up/run.ts'
import type { Spread } from '../statistics.ts'
import { table } from '../table.ts'
import type { MemoryFigures, MemoryResult } from './run.ts'

/** At most this part of what upstream adds. */
const aim = 1 / 4

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
    `Resident memory of its process, all threads included, 2 s after its start, and 2 s after ${loadSeconds} s of load`,
    `(${generator}, ${connections} connections), with its page of metrics read. Median (least-most) of ${rounds} processes each.`,
    '',
    ...services.flatMap(name => [...memoryTable(name, figures[name]), '']),
  ]
}

function memoryTable(name: string, figures: Record<Contestant, MemoryFigures>): string[] {
  const row = (title: string, cell: (contestant: Contestant) => string) => [title, ...contestants.map(cell)]
  const rows = (title: string, of: keyof MemoryFigures) => [
    row(`${title}, MB`, contestant => spreadText(inMegabytes(figures[contestant][of]), 0)),
    row(`${title}, added, MB`, contestant => addedText(contestant, each => figures[each][of].median / 1e6)),
  ]
  return table(
    [name, ...contestants.map(contestant => contestantNames[contestant])],
    [...rows('after the start', 'startBytes'), ...rows('after load', 'loadedBytes')],
  )
}

function addedText(contestant: Contestant, of: (each: Contestant) => number): string {
  const added = of(contestant) - of('bare')
  if (contestant !== 'tutti') return contestant === 'bare' ? '0' : number(added, 1)
  const part = added / (of('opentelemetry') - of('bare'))
  return `${number(added, 1)}, ${number(part * 100, 0)} % of upstream's ${judged(part <= aim, '25 %')}`
}

function inMegabytes({ median, min, max }: Spread): Spread {
  return { median: median / 1e6, min: min / 1e6, max: max / 1e6 }
}
