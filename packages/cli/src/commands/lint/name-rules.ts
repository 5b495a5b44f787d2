import type { Code } from './finding.ts'

/** A rule's answer; the metric is known to who asks. */
export interface Complaint {
  readonly code: Code
  readonly problem: string
  readonly mend: string
}

/** What a family's name on the page should be (Prometheus, metric and label naming; OpenMetrics). */
export function complaintsOfName(name: string, type: string): Complaint[] {
  return [...characters(name), ...suffixes(name, type), ...typeWords(name), ...units(name)]
}

function characters(name: string): Complaint[] {
  if (/^[a-z_:][a-z0-9_:]*$/.test(name)) return []
  const mend = `Call it ${snakeCase(name)}.`
  const problem = /^[a-zA-Z_:][\w:]*$/.test(name)
    ? 'it has capital letters'
    : 'not every tool takes its characters'
  return [{ code: 'name-characters', problem, mend }]
}

function suffixes(name: string, type: string): Complaint[] {
  const endsInTotal = name.endsWith('_total')
  if (type === 'counter' && !endsInTotal)
    return [
      {
        code: 'counter-total',
        problem: 'a counter that does not end in _total',
        mend: `Call it ${name}_total.`,
      },
    ]
  if (type !== 'counter' && type !== 'untyped' && type !== 'unknown' && endsInTotal)
    return [
      {
        code: 'counter-total',
        problem: `a ${type} that ends in _total, as only counters do`,
        mend: 'Leave _total out, or make it a counter.',
      },
    ]
  const reserved = /_(count|sum|bucket|created)$/.exec(name)
  if (reserved === null || type === 'untyped') return []
  // OpenTelemetry's own names have counts, such as process.thread.count.
  if (reserved[1] === 'count' && type === 'gauge') return []
  return [
    {
      code: 'name-type',
      problem: `it ends in _${reserved[1]}, as parts of histograms do`,
      mend: 'Leave that out.',
    },
  ]
}

function typeWords(name: string): Complaint[] {
  const word = /(?:^|_)(counter|gauge|histogram|summary)(?=_|$)/.exec(name)?.[1]
  if (word === undefined) return []
  return [{ code: 'name-type', problem: `its type, ${word}, stands in its name`, mend: 'Leave it out.' }]
}

/** By unit that is not a base unit: the one to use. */
const BASE_UNITS: Readonly<Record<string, string>> = {
  nanoseconds: 'seconds',
  microseconds: 'seconds',
  milliseconds: 'seconds',
  minutes: 'seconds',
  hours: 'seconds',
  days: 'seconds',
  weeks: 'seconds',
  kilobytes: 'bytes',
  megabytes: 'bytes',
  gigabytes: 'bytes',
  kibibytes: 'bytes',
  mebibytes: 'bytes',
  gibibytes: 'bytes',
  bits: 'bytes',
  percent: 'ratio',
  fahrenheit: 'celsius',
  kilometers: 'meters',
  millimeters: 'meters',
}
/** Letters where a word should be. */
const ABBREVIATED: Readonly<Record<string, string>> = {
  s: 'seconds',
  sec: 'seconds',
  secs: 'seconds',
  ms: 'seconds',
  us: 'seconds',
  ns: 'seconds',
  msec: 'seconds',
  millis: 'seconds',
  b: 'bytes',
  kb: 'bytes',
  mb: 'bytes',
  gb: 'bytes',
  pct: 'ratio',
}

function units(name: string): Complaint[] {
  const last = name
    .replace(/_total$/, '')
    .split('_')
    .at(-1)!
    .toLowerCase()
  if (BASE_UNITS[last] !== undefined)
    return [{ code: 'unit-base', problem: `its unit is ${last}`, mend: `Record ${BASE_UNITS[last]}.` }]
  if (ABBREVIATED[last] === undefined || last === name) return []
  return [
    {
      code: 'unit-name',
      problem: `its unit is written "${last}"`,
      mend: `Record and write ${ABBREVIATED[last]}.`,
    },
  ]
}

function snakeCase(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^\w:]+/g, '_')
    .toLowerCase()
}
