import { expect, test } from 'vitest'
import { table } from '../src/table.ts'

test('columns line up and figures are aligned to the right', () => {
  expect(
    table(
      ['ns', 'ours'],
      [
        ['counter', '1.0'],
        ['histogram', '12.5'],
      ],
    ),
  ).toEqual(['| ns        | ours |', '| --------- | ---: |', '| counter   |  1.0 |', '| histogram | 12.5 |'])
})
