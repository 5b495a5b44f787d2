import { expect, test } from 'vitest'
import { parsePage } from '../../src/page/parse-page.ts'

test('a family has its help, type, unit and samples', () => {
  const { families, problems } = parsePage(
    '# HELP a_total A\\nB \\\\.\n# TYPE a_total counter\na_total{x="1",y="a\\"b\\n}"} 3 1700000000000\na_total 1e3\n',
  )
  expect(problems).toEqual([])
  expect(families).toHaveLength(1)
  expect(families[0]).toMatchObject({ name: 'a_total', type: 'counter', help: 'A\nB \\.' })
  expect(families[0].samples.map(({ labels, value }) => [Object.fromEntries(labels), value])).toEqual([
    [{ x: '1', y: 'a"b\n}' }, 3],
    [{}, 1000],
  ])
})

test('OpenMetrics is read: suffixes, units, exemplars, its end', () => {
  const { families, problems } = parsePage(
    [
      '# TYPE t_seconds histogram',
      '# UNIT t_seconds seconds',
      't_seconds_bucket{le="+Inf"} 1 # {trace_id="a"} 0.5 1.5',
      't_seconds_count 1',
      't_seconds_created 1.7e9',
      '# EOF',
      '',
    ].join('\n'),
  )
  expect(problems).toEqual([])
  expect(families.map(({ name, unit, samples }) => [name, unit, samples.length])).toEqual([
    ['t_seconds', 'seconds', 3],
  ])
})

test('names in quotes are read', () => {
  const { families } = parsePage('# TYPE "a.b" gauge\n{"a.b","c.d"="e"} 2\n')
  expect(families.map(({ name, type }) => [name, type])).toEqual([['a.b', 'gauge']])
  expect([...families[0].samples[0].labels]).toEqual([['c.d', 'e']])
})

test('a line that is none is named, and the rest is read', () => {
  const { families, problems } = parsePage(
    'ok 1\nbad{x=1} 2\nnone\ndouble{a="1",a="2"} 1\n<html>\nlast NaN\n',
  )
  expect(families.map(({ name }) => name)).toEqual(['ok', 'last'])
  expect(problems).toEqual([
    { line: 2, why: "its labels can't be read from character 5 on" },
    { line: 3, why: 'it has no value' },
    { line: 4, why: 'label "a" stands twice' },
    { line: 5, why: 'it begins with no name' },
  ])
})
