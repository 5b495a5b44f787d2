import type { Definition } from '../catalog/definition.ts'
import { readSpec } from '../catalog/read-spec.ts'
import type { LabelArguments, LabelDefinitions, NoLabels } from '../labels/definitions.ts'
import { judge } from '../labels/judge.ts'
import type { Labeled, MetricOptions } from '../metrics/options.ts'
import type { Instrument } from '../recording/instrument.ts'
import type { Across } from '../recording/instrument-spec.ts'
import { admits } from '../shared/state.ts'
import { extend, withOwnLabels } from './part-names.ts'

export interface StateSetOptions<L extends LabelDefinitions, State extends string> extends MetricOptions<L> {
  /** All states; it is in one of them at a time. */
  readonly states: readonly State[]
  /** The state before any other is said; left out: none. With labels of free text nothing is known before. */
  readonly initial?: NoInfer<State>
  /**
   * `sum` unless it is said: how many processes are in the state, which in one process is 1 or 0. `each`: 1 or 0 for
   * every worker. `last`: there is one state for all, and who spoke last is right.
   */
  readonly across?: Across
}

/** One of several states: one series a state. */
export interface StateSet<L extends LabelDefinitions, State extends string> extends Labeled<L> {
  /** Never throws. */
  set(state: State, ...labels: LabelArguments<L>): void
}

/**
 * @example
 * const breaker = stateSet({ name: 'circuit_breaker.state', description: 'State of circuit breakers.',
 *   labels: { connector: ['github', 'jira'] }, states: ['closed', 'open', 'half_open'], initial: 'closed' })
 */
export function stateSet<const L extends LabelDefinitions = NoLabels, const State extends string = string>(
  options: StateSetOptions<L, State>,
): Definition<StateSet<L, State>> {
  const { name, description, group, labels, states, initial, across = 'sum', maxSeries } = options
  const spec = { kind: 'gauge', name, description, across, maxSeries } as const
  return {
    ...{ shape: 'stateSet', name, description, group, details: { states: [...states] }, gated: 'runs' },
    parts: { state: readSpec({ ...spec, labels: withOwnLabels(name, labels, { state: states }) }) },
    build: ({ state: instrument }, gate) => {
      if (initial !== undefined) begin(instrument, initial)
      const label = instrument.spec.labels.find(each => each.name === 'state')!
      return {
        set(state: State, given?: unknown) {
          // What is no state must not take the true one off the page: it is counted, and that is all.
          if (!states.includes(state)) return void judge(name, label, { state })
          const isAdmitted = admits(gate, name)
          for (const each of states) {
            const labels = extend(given, { state: each })
            if (isAdmitted) instrument.record(each === state ? 1 : 0, labels)
            else instrument.keep(each === state ? 1 : 0, labels)
          }
        },
      }
    },
  }
}

function begin(instrument: Instrument, initial: string): void {
  instrument.table.fill()
  for (const series of instrument.table) series.value = series.attributes.state === initial ? 1 : 0
}
