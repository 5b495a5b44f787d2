import { expect, test } from 'vitest'
import {
  cache,
  counter,
  defineCatalog,
  freeText,
  gauge,
  health,
  histogram,
  job,
  type MisuseCode,
  objective,
  operation,
  ratio,
  stateSet,
} from '../../src/index.ts'

const of = (options: object) => () => counter({ name: 'x', description: 'X.', ...options } as never)
const described = { description: 'X.' }

const misuses: [what: string, define: () => unknown, code: MisuseCode, mend: string][] = [
  ['a name with capitals', of({ name: 'Orders' }), 'TUTTI_METRIC_NAME_INVALID', 'lower-case letters'],
  [
    'a name that ends in total',
    of({ name: 'orders.total' }),
    'TUTTI_METRIC_NAME_INVALID',
    'the page adds it',
  ],
  [
    'a name that ends in count',
    of({ name: 'orders.count' }),
    'TUTTI_METRIC_NAME_INVALID',
    'another last word',
  ],
  ['a name of ours', of({ name: 'tutti.orders' }), 'TUTTI_METRIC_NAME_INVALID', 'another first word'],
  ['no name', of({ name: undefined }), 'TUTTI_METRIC_NAME_INVALID', 'feed.polls'],
  ['no description', of({ description: ' ' }), 'TUTTI_METRIC_OPTION_INVALID', 'HELP'],
  ['a unit that is none', of({ unit: 'per se' }), 'TUTTI_METRIC_OPTION_INVALID', 'UCUM'],
  ['a limit that is none', of({ maxSeries: 0 }), 'TUTTI_METRIC_OPTION_INVALID', 'maxSeries'],
  [
    'buckets that fall',
    () => histogram({ name: 'x', unit: 's', buckets: [2, 1], ...described }),
    'TUTTI_METRIC_OPTION_INVALID',
    'larger',
  ],
  [
    'a way to merge that is none',
    () => gauge({ name: 'x', across: 'max' as never, ...described }),
    'TUTTI_METRIC_OPTION_INVALID',
    '"last", "sum" or "each"',
  ],
  [
    'a target of 100',
    () => objective({ name: 'x', target: 100, ...described }),
    'TUTTI_METRIC_OPTION_INVALID',
    '0.995',
  ],
  ['a label with capitals', of({ labels: { Ring: ['a'] } }), 'TUTTI_LABEL_INVALID', 'lower-case'],
  ['a label of Prometheus', of({ labels: { le: ['a'] } }), 'TUTTI_LABEL_INVALID', 'another one'],
  ['a label without values', of({ labels: { ring: [] } }), 'TUTTI_LABEL_INVALID', 'freeText()'],
  ['a label with a value twice', of({ labels: { ring: [1, '1'] } }), 'TUTTI_LABEL_INVALID', 'Remove one'],
  [
    'two labels that are one',
    of({ labels: { 'a.b': ['x'], a_b: ['x'] } }),
    'TUTTI_LABEL_INVALID',
    'Rename one',
  ],
  [
    'a label for ids',
    of({ labels: { user_id: freeText() } }),
    'TUTTI_LABEL_IDENTITY',
    'freeText({ pattern })',
  ],
  ['a label for mail', of({ labels: { email: freeText() } }), 'TUTTI_LABEL_IDENTITY', 'log it'],
  ['a listed id', of({ labels: { user: ['507f1f77bcf86cd799439011'] } }), 'TUTTI_LABEL_IDENTITY', 'Leave'],
  ['too many series', of({ labels: { a: range(40), b: range(40) } }), 'TUTTI_TOO_MANY_SERIES', '1600'],
  ['a limit of free text that is none', () => freeText({ limit: 0 }), 'TUTTI_LABEL_INVALID', 'whole number'],
  ['a catalog without a name', () => defineCatalog({ name: '' }, {}), 'TUTTI_CATALOG_INVALID', '@acme/feeds'],
  [
    'a key that is taken',
    () => defineCatalog({ name: 'a' }, { describe: counter({ name: 'x', ...described }) }),
    'TUTTI_CATALOG_INVALID',
    'another one',
  ],
  [
    'something else than a metric',
    () => defineCatalog({ name: 'a' }, { x: {} as never }),
    'TUTTI_CATALOG_INVALID',
    'counter()',
  ],
]

function range(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `v${index}`)
}

test.each(misuses)(
  '%s is an error where it is defined, with a code and the mend',
  (_what, define, code, mend) => {
    expect(define).toThrow(expect.objectContaining({ name: 'MetricMisuseError', code }))
    expect(define).toThrow(mend)
  },
)

const shapes: [shape: string, label: string, define: (options: object) => unknown][] = [
  ['operation', 'outcome', options => operation(options as never)],
  ['operation', 'error.type', options => operation(options as never)],
  ['job', 'outcome', options => job(options as never)],
  ['stateSet', 'state', options => stateSet({ ...options, states: ['on'] } as never)],
  ['health', 'outcome', options => health(options as never)],
  ['cache', 'outcome', options => cache(options as never)],
  ['ratio', 'outcome', options => ratio(options as never)],
]

test.each(shapes)(
  '%s sets the label %s by itself, and refuses one of its author',
  (_shape, label, define) => {
    expect(() => define({ name: 'x', ...described, labels: { [label]: ['a'] } })).toThrow(
      expect.objectContaining({
        code: 'TUTTI_LABEL_INVALID',
        message: `x: the label "${label}" is set by the metric itself. Choose another name.`,
      }),
    )
  },
)
