import { expect, test } from 'vitest'
import { MergeOptionError, SharedMeterProvider } from '../../src/index.ts'
import { type MergeOption, MergeRules } from '../../src/instrument/merge-rules.ts'
import { defaultMerge, type InstrumentKind, type StreamDefinition } from '../../src/segment/stream.ts'
import { testProvider } from '../provider.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

function define(name: string, kind: InstrumentKind): StreamDefinition {
  return {
    scope: { name: 'test', version: '', schemaUrl: '' },
    name,
    description: '',
    unit: '',
    kind,
    integer: false,
    aggregation: { type: kind.endsWith('GAUGE') ? 'lastValue' : 'sum' },
    ...defaultMerge(kind),
  }
}

/** What becomes of an instrument, and what is said about it. */
function apply(name: string, kind: InstrumentKind, option?: MergeOption, variable?: string) {
  const warnings: string[] = []
  const rules = new MergeRules(option, variable, line => warnings.push(line))
  const { merge, keepDead } = rules.apply(define(name, kind))
  return { merged: `${merge}${keepDead ? '+' : '-'}dead`, warnings }
}

test('a name goes before a pattern, the first pattern before the next, the option before the variable', () => {
  const option: MergeOption = { 'queue.*': 'sum', '*': 'average', 'queue.depth': 'max' }
  expect(apply('queue.depth', 'GAUGE', option, 'queue.depth=min').merged).toBe('max-dead')
  expect(apply('Queue.Length', 'GAUGE', option).merged).toBe('sum-dead')
  expect(apply('queues', 'GAUGE', option).merged).toBe('average-dead')
  expect(apply('queue.age', 'GAUGE', { 'other.*': 'sum' }, 'queue.ag?=min+dead, *=sum').merged).toBe(
    'min+dead',
  )
  expect(apply('queue.age', 'GAUGE').merged).toBe('last+dead')
})

test('the dead count for the last word of all, for what only grows, and where it is said', () => {
  expect(apply('a', 'OBSERVABLE_GAUGE', { a: 'last' }).merged).toBe('last+dead')
  expect(apply('a', 'OBSERVABLE_GAUGE', { a: { policy: 'last', dead: 'drop' } }).merged).toBe('last-dead')
  expect(apply('a', 'OBSERVABLE_GAUGE', { a: { dead: 'keep' } }).merged).toBe('perWorker+dead')
  expect(apply('a', 'UP_DOWN_COUNTER', { a: 'max' }).merged).toBe('max-dead')
  expect(apply('a', 'COUNTER', { a: 'perWorker' }).merged).toBe('perWorker+dead')
})

test('what makes no sense for a named instrument is said once and left alone; a pattern passes over it', () => {
  expect(apply('a', 'COUNTER', { a: 'last' })).toEqual({
    merged: 'sum+dead',
    warnings: [
      'a can\'t be merged by "a": counters and histograms add up: only "sum" and "perWorker" keep their rates ' +
        'right. It is merged by "sum".',
    ],
  })
  expect(apply('a', 'COUNTER', { a: { dead: 'drop' } }).warnings).toHaveLength(1)
  expect(apply('a', 'UP_DOWN_COUNTER', undefined, 'a=last').warnings).toHaveLength(1)
  expect(apply('a', 'COUNTER', { '*': 'max' })).toEqual({ merged: 'sum+dead', warnings: [] })
})

test('a bad entry of the variable is one clear line, and the others hold', () => {
  const { merged, warnings } = apply('b', 'GAUGE', undefined, 'a=maximum,,b=max+dead,c,=min,d=sum+living')
  expect(merged).toBe('max+dead')
  expect(warnings).toEqual(
    ['a=maximum', 'c', '=min', 'd=sum+living'].map(
      entry =>
        `TUTTI_MERGE: "${entry}" is ignored: write name=policy, name=policy+dead or name=policy-dead, with a policy ` +
        'of sum, min, max, last, average, perWorker.',
    ),
  )
})

test.each([
  [
    { a: 'maximum' },
    'merge: "a": "maximum" is no policy. Use one of sum, min, max, last, average, perWorker.',
  ],
  [{ a: 7 }, 'merge: "a": 7 is no policy. Use one of sum, min, max, last, average, perWorker.'],
  [{ a: null }, 'merge: "a": null is no policy. Use one of sum, min, max, last, average, perWorker.'],
  [{ a: { dead: true } }, 'merge: "a": dead: "true" is neither "keep" nor "drop".'],
  [{ a: { polcy: 'max' } }, 'merge: "a": "polcy" is unknown. Only policy and dead can be set.'],
  [{ ' ': 'max' }, 'merge: " ": an instrument has a name. Write one, or a pattern like "queue.*".'],
])('a wrong option %j is an error that says the mend, before anything is made', (merge, message) => {
  const directory = temporaryDirectory()
  let error: unknown
  try {
    new SharedMeterProvider({ directory, merge: merge as unknown as MergeOption })
  } catch (thrown) {
    error = thrown
  }
  expect(error).toBeInstanceOf(MergeOptionError)
  expect(error).toMatchObject({ code: 'TUTTI_MERGE_INVALID', message })
})

test('policies reach the page, from the option and from the environment', async () => {
  const env = { TUTTI_MERGE: 'cpu.load=average' }
  const one = testProvider({ merge: { 'queue.*': 'max' }, env })
  const two = testProvider({ directory: one.directory, merge: { 'queue.*': 'max' }, env })
  for (const [{ meter }, value] of [
    [one, 3],
    [two, 8],
  ] as const) {
    meter.createObservableGauge('queue.depth').addCallback(result => result.observe(value))
    meter.createObservableGauge('cpu.load').addCallback(result => result.observe(value))
    meter.createCounter('queue.jobs').add(value)
  }
  await two.provider.forceFlush()
  expect(await one.page()).toMatchObject({ queue_depth: 8, cpu_load: 5.5, queue_jobs_total: 11 })
})
