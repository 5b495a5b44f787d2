import { expect, test } from 'vitest'
import {
  catalogMarkdown,
  configureMetrics,
  counter,
  defineCatalog,
  findClashes,
  freeText,
  gauge,
  histogram,
  operation,
  ratio,
} from '../../src/index.ts'
import { startTutti } from '../page.ts'

test('two metrics that would be one on the page are an error in one catalog', () => {
  const define = () =>
    defineCatalog(
      { name: 'clash' },
      {
        a: counter({ name: 'a.b', description: 'A.' }),
        b: counter({ name: 'a_b', description: 'B.' }),
      },
    )
  expect(define).toThrow(expect.objectContaining({ code: 'TUTTI_METRIC_NAME_CLASH' }))
  expect(define).toThrow(
    'a_b_total is the name of two metrics on the page, clash: a.b and clash: a_b. Rename one of them.',
  )
})

test('in two catalogs they are a clash that a test finds, and one line', () => {
  const lines: string[] = []
  configureMetrics({ warn: line => lines.push(line) })
  const define = (name: string) =>
    defineCatalog({ name }, { a: counter({ name: 'both.have', description: 'A.' }) })
  const [first, second] = [define('first'), define('second')]
  expect(findClashes(first.describe(), second.describe())).toEqual([
    {
      prometheusName: 'both_have_total',
      instruments: ['first: both.have', 'second: both.have'],
      message: expect.stringContaining('Rename one'),
    },
  ])
  expect(findClashes(first.describe())).toEqual([])
  expect(lines).toHaveLength(1)
  // The same library loaded twice is no clash.
  define('second')
  expect(lines).toHaveLength(1)
})

const metrics = defineCatalog(
  { name: '@acme/described', version: '1.2.3' },
  {
    runs: operation({
      name: 'described.run',
      description: 'Runs.',
      labels: { ring: ['canary', 'all'] },
      group: 'deploy',
      objective: { target: 0.99, latencySeconds: 2 },
    }),
    hosts: counter({
      name: 'hosts',
      description: 'a | b',
      labels: { host: freeText({ limit: 7, pattern: /^a/ }) },
    }),
    gates: ratio({ name: 'described.gate', description: 'Gates.', labels: { ring: ['canary'] } }),
  },
)

test('the description is plain JSON that can not be changed', () => {
  const description = metrics.describe()
  expect(JSON.parse(JSON.stringify(description))).toEqual(description)
  expect(() => {
    ;(description.metrics as unknown[]).push(1)
  }).toThrow(TypeError)
  expect(description).toMatchObject({ name: '@acme/described', version: '1.2.3' })
  const [runs, hosts, gates] = description.metrics
  expect(runs).toMatchObject({
    ...{
      key: 'runs',
      shape: 'operation',
      name: 'described.run',
      group: 'deploy',
      outcomes: ['success', 'failure'],
    },
    objective: {
      ...{ target: 0.99, latencySeconds: 2, windowDays: 30 },
      ...{ good: 'described_run_objective_good_total', total: 'described_run_objective_events_total' },
    },
  })
  expect(runs.instruments[0]).toEqual({
    ...{ part: 'total', kind: 'counter', name: 'described.run', prometheusName: 'described_run_total' },
    ...{ description: 'Runs.', unit: '', maxSeries: 1000 },
    labels: [
      { name: 'ring', values: ['canary', 'all'] },
      { name: 'outcome', values: ['success', 'failure'] },
    ],
  })
  expect(hosts.instruments[0].labels).toEqual([{ name: 'host', limit: 7, pattern: '^a' }])
  expect(gates.query).toBe(
    'sum by (ring) (rate(described_gate_events_total{outcome="success"}[5m])) / sum by (ring) (rate(described_gate_events_total[5m]))',
  )
})

test('a page of docs is made of it', () => {
  const lines = catalogMarkdown(metrics.describe()).split('\n')
  expect(lines[0]).toBe('# Metrics of @acme/described')
  expect(lines).toContain('| `hosts_total` | counter |  | `host` (text, 7 values) | a \\| b |')
  expect(lines).toContain(
    '| `described_run_duration_seconds` | histogram | s | `ring` (canary, all), `outcome` (success, failure) | Runs. How long they took. |',
  )
})

test.each([
  ['s', 'seconds'],
  ['By', 'bytes'],
  ['ms', 'milliseconds'],
  ['{order}', ''],
  ['', ''],
  ['1', ''],
  ['%', 'percent'],
  ['furlong', 'furlong'],
])('a unit of %o is named as the page names it', async unit => {
  const key = `unit_${unit.length}_${[...unit].map(character => character.charCodeAt(0)).join('x')}`
  const some = defineCatalog(
    { name: `units-${key}` },
    {
      a: counter({ name: `${key}.a`, unit, description: 'A.' }),
      b: gauge({ name: `${key}.b`, unit, description: 'B.' }),
      c: histogram({ name: `${key}.c`, unit, description: 'C.' }),
    },
  )
  const page = startTutti()
  some.a.add(1)
  some.b.set(1)
  some.c.record(1)
  const lines = await page.lines()
  await page.stop()
  const families = new Set(
    lines
      .filter(line => line.startsWith(key))
      .map(line => line.replace(/[{ ].*/, '').replace(/_(bucket|sum|count)$/, '')),
  )
  const names = some
    .describe()
    .metrics.flatMap(({ instruments }) => instruments.map(each => each.prometheusName))
  expect([...families].sort()).toEqual(names.sort())
})
