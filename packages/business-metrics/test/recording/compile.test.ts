import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { metrics as api } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { freeText } from '../../src/labels/definitions.ts'
import { readLabels } from '../../src/labels/label.ts'
import { interpret, type RecordLabeled } from '../../src/recording/compile.ts'
import { Instrument } from '../../src/recording/instrument.ts'
import { Gate } from '../../src/shared/gate.ts'
import { shared } from '../../src/shared/state.ts'
import { UpdateBudget } from '../../src/shared/update-budget.ts'

const gate = new Gate([], new UpdateBudget(Number.POSITIVE_INFINITY), {
  isEnabled: true,
  disabledGroups: new Set(),
})
const many = Array.from({ length: 20 }, (_, index) => `value-${index}`)

const definitions = {
  none: {},
  listed: { ring: ['canary', 'all'], dry: [true, false], attempt: [1, 2] },
  long: { step: many, ring: ['canary', 'all'] },
  free: { host: freeText(), ring: ['canary', 'all'], path: freeText() },
  quoted: { 'error.type': ['a"b', "c'd", 'e\\f', '\u2028', '`'] },
} as const

const given: unknown[] = [
  undefined,
  {},
  { ring: 'canary', dry: true, attempt: 1 },
  { attempt: '2', dry: 'false', ring: 'all' },
  { ring: 'nowhere', dry: true, attempt: 1 },
  { step: 'value-17', ring: 'all', surplus: 'x' },
  { step: 'value-20', ring: 'all' },
  { host: 'a', ring: 'canary', path: 'p' },
  { host: 'a', ring: 'canary', path: 'q' },
  { host: 'other', ring: 'canary', path: 'p' },
  { 'error.type': 'a"b' },
  { 'error.type': '\u2028' },
]

/** Every series with what it got. */
function recordAll(labels: (typeof definitions)[keyof typeof definitions], made: 'compiled' | 'interpreted') {
  const spec = { kind: 'counter', name: 'x', description: 'X.', unit: '', maxSeries: 100 } as const
  const instrument = new Instrument({ ...spec, labels: readLabels('x', labels) }, gate, gate)
  const record: RecordLabeled = made === 'compiled' ? instrument.record : interpret(instrument, 'add')
  const totals = new Map<string, number>()
  shared.tap = () => ({
    bind: series => ({
      add: value =>
        totals.set(
          JSON.stringify(series.attributes),
          (totals.get(JSON.stringify(series.attributes)) ?? 0) + value,
        ),
      record() {},
    }),
  })
  instrument.follow(api.getMeterProvider(), { name: 'test', version: undefined })
  // Twice, because what was seen before is found another way.
  for (const each of [...given, ...given]) record(1, each)
  record(Number.NaN, given[2])
  return Object.fromEntries([...totals].filter(([, total]) => total > 0).sort())
}

test.each(Object.entries(definitions))(
  'compiled code and its stand-in record the same: %s',
  (_name, labels) => {
    const compiled = recordAll(labels, 'compiled')
    expect(compiled).toEqual(recordAll(labels, 'interpreted'))
    expect(Object.values(compiled).reduce((sum, total) => sum + total, 0)).toBe(2 * given.length)
  },
)

test('values with quotes are values, and no code', () => {
  expect(recordAll(definitions.quoted, 'compiled')).toMatchObject({
    '{"error.type":"a\\"b"}': 2,
    '{"error.type":"\u2028"}': 2,
  })
})

test('a process that forbids code from text records all the same', () => {
  const code = `
    import { counter, defineCatalog } from '@tutti/business-metrics'
    import { recorded, recordMetrics } from '@tutti/business-metrics/recorded'
    recordMetrics()
    const metrics = defineCatalog({ name: 'x' }, {
      a: counter({ name: 'a', description: 'A.', labels: { ring: ['canary', 'all'] } }),
    })
    metrics.a.add(2, { ring: 'all' })
    console.log(recorded(metrics.a, { ring: 'all' }))
  `
  const args = ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', code]
  const cwd = fileURLToPath(new URL('../..', import.meta.url))
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd })
  expect({ stdout, stderr }).toEqual({ stdout: '2\n', stderr: '' })
})

test('the ESM and the CommonJS copy of one process are one: switches, limits and what tests record', () => {
  const code = `
    import { createRequire } from 'node:module'
    import { configureMetrics } from '@tutti/business-metrics'
    import { recorded, recordMetrics } from '@tutti/business-metrics/recorded'
    const { counter, defineCatalog } = createRequire(import.meta.url)('@tutti/business-metrics')
    recordMetrics()
    const { a } = defineCatalog({ name: 'x' }, { a: counter({ name: 'a', description: 'A.' }) })
    a.add(2)
    configureMetrics({ enabled: false })
    a.add(3)
    console.log(recorded(a))
  `
  const cwd = fileURLToPath(new URL('../..', import.meta.url))
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    encoding: 'utf8',
    cwd,
  })
  expect({ stdout, stderr }).toEqual({ stdout: '2\n', stderr: '' })
})
