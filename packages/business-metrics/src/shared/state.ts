import type { MeterProvider } from '@opentelemetry/api'
import type { Binding } from '../recording/bind.ts'
import type { Instrument } from '../recording/instrument.ts'
import { readEnvironment } from './environment.ts'
import { Gate, type Switches } from './gate.ts'
import { Tally, type Trouble } from './troubles.ts'
import { UpdateBudget } from './update-budget.ts'
import { Voice } from './voice.ts'

/** Something that makes its instruments anew when another provider is there. */
export interface Follower {
  /** @param provider undefined: there is none. */
  follow(provider: MeterProvider | undefined): void
}

/** What all catalogs of a process share, also those of the ESM and the CommonJS copy of this package. */
export interface SharedState {
  readonly switches: Switches
  readonly updates: UpdateBudget
  /** Series of all metrics together. */
  readonly series: { count: number; limit: number }
  readonly gates: Map<string, Gate>
  readonly voice: Voice
  readonly errors: Tally
  readonly limited: Tally
  readonly followers: Set<Follower>
  /** Functions of authors that are called with every observation. */
  readonly observers: Set<() => unknown>
  /** Which catalog has which family on the Prometheus page. */
  readonly families: Map<string, string>
  /**
   * Where OpenTelemetry's API keeps what is registered: looking there at every update costs half of asking the API.
   * Until there is such a place, one that always differs, so that the API is asked.
   */
  api: { readonly metrics?: unknown }
  /** What was registered there when everything followed last. */
  registered: unknown
  /** The global provider that instruments were made with last; undefined before the first. */
  provider: MeterProvider | undefined
  /** Whether nobody has registered an SDK. */
  isIdle: boolean
  /** By metric: its instruments by part, the main one first. For tests. */
  readonly instruments: WeakMap<object, Readonly<Record<string, Instrument>>>
  /** Puts a recorder for tests before what is bound. */
  tap: ((binding: Binding | undefined) => Binding) | undefined
  isWatched: boolean
  /** Ends what asks for our own metrics of the provider before. */
  endPulse: () => void
}

/** Stands for a place that is not there. */
export const NO_API: { readonly metrics?: unknown } = { metrics: {} }

const KEY = Symbol.for('tutti.business-metrics.1')

export const shared: SharedState = shareState()

/** The gate of a catalog's group, which all of its metrics share. */
export function gateOf(catalog: string, group: string | undefined): Gate {
  const groups = group === undefined ? [catalog] : [catalog, group]
  const key = groups.join('\0')
  let gate = shared.gates.get(key)
  if (gate === undefined) {
    gate = new Gate(groups, shared.updates, shared.switches)
    shared.gates.set(key, gate)
  }
  return gate
}

/** Whether a run may be counted, all its parts or none. */
export function admits(gate: Gate, metric: string): boolean {
  if (!gate.asks || gate.admit()) return true
  if (gate.isOpen) countCut(metric)
  return false
}

/** Counts an update that the limit on updates cut. */
export function countCut(metric: string): void {
  shared.limited.add({ metric })
  shared.voice.once(
    'updates.limit',
    () =>
      `${metric}: all metrics together had ${shared.updates.perMinute} updates in a minute, and further ones are cut: ` +
      'raise TUTTI_MAX_UPDATES_PER_MINUTE.',
  )
}

/** Counts trouble that a metric has, and says it once: what happened, and the mend. Never throws. */
export function note(trouble: Trouble, metric: string, line: () => string): void {
  shared.errors.add({ kind: trouble, metric })
  // A provider that fails, fails for all of them.
  shared.voice.once(trouble === 'provider' ? trouble : `${trouble} ${metric}`, () => `${metric}: ${line()}`)
}

function shareState(): SharedState {
  const holder = globalThis as { [KEY]?: SharedState }
  holder[KEY] ??= createState()
  return holder[KEY]
}

function createState(): SharedState {
  const settings = readEnvironment(process.env)
  const voice = new Voice()
  for (const line of settings.lines) voice.once(line, () => line)
  return {
    switches: { isEnabled: settings.isEnabled, disabledGroups: settings.disabledGroups },
    updates: new UpdateBudget(settings.maxUpdatesPerMinute),
    series: { count: 0, limit: settings.maxSeries },
    gates: new Map(),
    voice,
    errors: new Tally(),
    limited: new Tally(),
    followers: new Set(),
    observers: new Set(),
    families: new Map(),
    instruments: new WeakMap(),
    api: NO_API,
    registered: undefined,
    provider: undefined,
    isIdle: false,
    tap: undefined,
    isWatched: false,
    endPulse: () => {},
  }
}
