import { expect, test } from 'vitest'
import { Colors } from '../../src/charts/colors.ts'
import { fullest } from '../../src/charts/heatmap.ts'
import { lineData } from '../../src/charts/line-chart.ts'
import { sparkline } from '../../src/charts/sparkline.ts'

test('a small line begins at zero, keeps its peaks and ends at gaps', () => {
  expect(sparkline([0, 5, 10], 100, 12)).toEqual(['0.0,11.0 50.0,6.0 100.0,1.0'])
  expect(sparkline([1, Number.NaN, 1], 100, 12)).toEqual(['0.0,1.0', '100.0,1.0'])
  expect(sparkline([], 100, 12)).toEqual([])
  const flat = Array.from({ length: 900 }, () => 1)
  const peak = sparkline(
    flat.map((value, at) => (at === 450 ? 10 : value)),
    96,
    24,
  )
  expect(peak).toHaveLength(1)
  expect(peak[0].split(' ').length).toBeLessThanOrEqual(48)
  expect(peak[0]).toContain(',1.0')
})

test('a gap is nothing, not zero', () => {
  expect(lineData([1, 2], [{ label: 'a', values: [0, Number.NaN], color: 0 }])).toEqual([
    [1, 2],
    [0, null],
  ])
  expect(
    fullest([
      [1, Number.NaN, 4],
      [null, 3],
    ]),
  ).toBe(4)
})

test('what is shown keeps its colour, and what comes takes one that is free', () => {
  const colors = new Colors()
  expect(colors.assign(['a', 'b', 'c'])).toEqual([0, 1, 2])
  expect(colors.assign(['c', 'd'])).toEqual([2, 0])
  expect([colors.of('d'), colors.of('a')]).toEqual([0, undefined])
  expect(colors.assign(Array.from({ length: 10 }, (_, at) => `x${at}`)).slice(-2)).toEqual([8, 8])
})
