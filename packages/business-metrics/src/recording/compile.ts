import { attend } from '../shared/provider.ts'
import { shared } from '../shared/state.ts'
import type { Instrument } from './instrument.ts'
import type { Series } from './series.ts'

/** Records `value` under `labels`. Never throws. */
export type RecordLabeled = (value: number, labels?: unknown) => void

/** How a value gets into a series; `series` is what was found, `value` what was given. */
export type Verb = 'add' | 'record' | 'set'

const STORES: Record<Verb, string> = {
  add: 'series.handle.add(value)',
  record: 'series.handle.record(value)',
  set: 'series.value = value; series.handle.record(value)',
}

const PARAMETERS = ['instrument', 'gate', 'shared', 'attend', 'places', 'steps']

/** A longer list is found faster by hash than by comparing one after the other. */
const MAX_COMPARED = 16

/**
 * The function that finds the series and records, written for just these labels: the names are constants to the
 * engine, so that it keeps the object that the caller writes in registers and compares pointers. Shared code would
 * see the labels of every metric and take three to seven times as long (measured). Only names that were
 * checked and values as JSON go into the text. Where the process forbids code from text
 * (`--disallow-code-generation-from-strings`), the same is done step by step.
 */
export function compile(instrument: Instrument, verb: Verb): RecordLabeled {
  try {
    const { index } = instrument.table
    const make = new Function(...PARAMETERS, sourceOf(instrument, verb))
    return make(instrument, instrument.gate, shared, attend, index.places, index.steps)
  } catch {
    return interpret(instrument, verb)
  }
}

/** Exported for its test: what {@link compile} makes, without making code. */
export function interpret(instrument: Instrument, verb: Verb): RecordLabeled {
  const { gate, table } = instrument
  const mayBeNegative = verb === 'set'
  return (value, labels) => {
    if (shared.api.metrics !== shared.registered) attend()
    if (gate.asks && !gate.admit()) return instrument.cut(value, labels)
    const isUsual = typeof value === 'number' && value - value === 0 && (mayBeNegative || value >= 0)
    if (!isUsual) return instrument.reject(value)
    let series: Series | undefined
    try {
      series = table.index.find(labels as Record<string, unknown>)
    } catch {
      // What can't be read is judged label by label.
    }
    instrument.put(series ?? table.resolve(labels), value)
  }
}

function sourceOf({ table }: Instrument, verb: Verb): string {
  const { index } = table
  const range = verb === 'set' ? 'value - value === 0' : 'value >= 0 && value <= Number.MAX_VALUE'
  const slowly = 'return instrument.recordSlowly(value, labels)'
  const listed = index.listed.map(({ name }, each) => {
    const given = `labels[${JSON.stringify(name)}]`
    if (index.steps[each].size > MAX_COMPARED)
      return `const step${each} = steps[${each}].get(${given}); if (step${each} === undefined) ${slowly}`
    const cases = [...index.steps[each]].map(
      ([value, step]) => `case ${JSON.stringify(value)}: at += ${step}; break;`,
    )
    return `switch (${given}) { ${cases.join(' ')} default: ${slowly} }`
  })
  const sums = index.listed.map((_, each) => (index.steps[each].size > MAX_COMPARED ? ` + step${each}` : ''))
  const free = index.free.map(
    ({ name }) => `if (series !== undefined) series = series.get(labels[${JSON.stringify(name)}])`,
  )
  return `'use strict'
return function record(value, labels) {
  if (shared.api.metrics !== shared.registered) attend()
  if (gate.asks && !gate.admit()) return instrument.cut(value, labels)
  if (!(typeof value === 'number' && ${range})) return instrument.reject(value)
  let series
  try {
    let at = 0
    ${listed.join('\n    ')}
    series = places[at${sums.join('')}]
    ${free.join('\n    ')}
    if (series === undefined) ${slowly}
  } catch { ${slowly} }
  try { ${STORES[verb]} } catch { instrument.fail() }
}`
}
