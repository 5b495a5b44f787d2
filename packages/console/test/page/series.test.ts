import { expect, test } from 'vitest'
import { parsePage } from '../../src/page/parse-page.ts'
import { quantile, seriesOf } from '../../src/page/series.ts'

test("a histogram's lines are one series", () => {
  const page = parsePage(
    '# TYPE t histogram\nt_bucket{r="a",le="1"} 2\nt_bucket{r="a",le="+Inf"} 4\nt_sum{r="a"} 6\nt_count{r="a"} 4\n',
  )
  expect(seriesOf(page.families[0]).map(({ labels, histogram }) => [[...labels], histogram])).toEqual([
    [
      [['r', 'a']],
      {
        count: 4,
        sum: 6,
        buckets: [
          { upTo: 1, count: 2 },
          { upTo: Number.POSITIVE_INFINITY, count: 4 },
        ],
      },
    ],
  ])
})

test("quantiles are those of PromQL's histogram_quantile", () => {
  const buckets = [
    { upTo: 1, count: 10 },
    { upTo: 3, count: 20 },
    { upTo: Number.POSITIVE_INFINITY, count: 25 },
  ]
  expect(quantile(buckets, 0.2)).toBe(0.5)
  expect(quantile(buckets, 0.6)).toBe(2)
  expect(quantile(buckets, 0.99)).toBe(3)
  expect(quantile([{ upTo: 1, count: 0 }], 0.5)).toBeNaN()
  expect(quantile([], 0.5)).toBeNaN()
})

test('the lines of a series may have their labels in any order', () => {
  const { families } = parsePage(
    '# TYPE t histogram\nt_bucket{a="1",b="2",le="+Inf"} 3\nt_count{b="2",a="1"} 3\nt_sum{b="2",a="1"} 6\n',
  )
  const series = seriesOf(families[0])
  expect(series).toHaveLength(1)
  expect(series[0].histogram).toEqual({
    count: 3,
    sum: 6,
    buckets: [{ upTo: Number.POSITIVE_INFINITY, count: 3 }],
  })
})
