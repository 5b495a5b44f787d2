import { quantity } from '@tutti/console'
import { printable } from '../../terminal/printable.ts'
import { bad, good } from '../../terminal/style.ts'
import { table } from '../../terminal/table.ts'
import type { Arrival } from './arrivals.ts'

export function arrivalsText(found: readonly Arrival[]): string {
  const rows = found.map(({ metric, shape, family, arrived, value, why = '' }) => [
    printable(metric),
    shape,
    printable(family),
    quantity(value),
    arrived ? good('arrived') : bad(`missing: ${printable(why)}`),
  ])
  const missingCount = found.filter(({ arrived }) => !arrived).length
  return [
    table(
      [
        { title: 'METRIC' },
        { title: 'SHAPE' },
        { title: 'ON THE PAGE' },
        { title: 'VALUE', right: true },
        { title: '' },
      ],
      rows,
    ),
    missingCount === 0
      ? good(`all ${found.length} arrived`)
      : bad(`${missingCount} of ${found.length} did not arrive`),
  ].join('\n')
}
