import { afterAll, beforeAll, expect, test } from 'vitest'
import { counter, defineCatalog, gauge, histogram } from '../../src/index.ts'
import { startTutti, type TuttiPage } from '../page.ts'

// This package imports none of the others, so it has a table of its own; the page says whether it is the same.
const units = [
  ...[
    'd',
    'h',
    'min',
    's',
    'ms',
    'us',
    'ns',
    'By',
    'KiBy',
    'MiBy',
    'GiBy',
    'TiBy',
    'KBy',
    'MBy',
    'GBy',
    'TBy',
  ],
  ...[
    'm',
    'V',
    'A',
    'J',
    'W',
    'g',
    'Cel',
    'Hz',
    '%',
    '1',
    '',
    '{order}',
    'By/s',
    '{order}/min',
    'm/h',
    'kg/m',
  ],
]

let page: TuttiPage

beforeAll(() => {
  page = startTutti()
})
afterAll(() => page.stop())

test('the description names each metric as the page does, whatever its unit', async () => {
  const described = { description: 'One.' }
  const catalog = defineCatalog(
    { name: 'units' },
    Object.fromEntries(
      units.flatMap((unit, at) => [
        [`counter${at}`, counter({ ...described, name: `counter${at}`, unit })],
        [`gauge${at}`, gauge({ ...described, name: `gauge${at}`, unit })],
        [`sum${at}`, gauge({ ...described, name: `sum${at}`, unit, across: 'sum' })],
        [`histogram${at}`, histogram({ ...described, name: `histogram${at}`, unit })],
      ]),
    ),
  )
  for (const [key, metric] of Object.entries(catalog)) {
    if (key.startsWith('gauge') || key.startsWith('sum')) (metric as { set(value: number): void }).set(1)
    if (key.startsWith('histogram')) (metric as { record(value: number): void }).record(1)
  }
  const families = new Set((await page.lines()).map(line => line.split(/[{ ]/)[0]!.replace(/_sum$/, '')))
  const names = catalog
    .describe()
    .metrics.flatMap(({ instruments }) => instruments.map(({ prometheusName }) => prometheusName))
  expect(names).toHaveLength(units.length * 4)
  expect(names.filter(name => !families.has(name))).toEqual([])
})
