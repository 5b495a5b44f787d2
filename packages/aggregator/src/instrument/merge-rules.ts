import { MERGE_POLICIES, type MergePolicy, onlyAdds, whyUnfit } from '../segment/merge-policy.ts'
import { OWN_SCOPE, type StreamDefinition } from '../segment/stream.ts'
import { hasWildcard, wildcards } from '../view/wildcards.ts'

/** How the values of several workers become one: a policy, or also whether those of dead workers count. */
export type MergeRule = MergePolicy | { policy?: MergePolicy; dead?: 'keep' | 'drop' }

/**
 * By instrument name, in which `*` stands for any text and `?` for one character. A name goes before a pattern, a
 * pattern before those that are written after it.
 *
 * @example
 * { 'queue.depth': 'max', 'cache.*': { policy: 'sum', dead: 'keep' }, 'cpu.*': { dead: 'keep' } }
 */
export type MergeOption = Readonly<Record<string, MergeRule>>

/** A `merge` option that says nothing that can be done. `code` is stable; the message says the mend. */
export class MergeOptionError extends Error {
  readonly code = 'TUTTI_MERGE_INVALID'
  constructor(message: string) {
    super(message)
    this.name = 'MergeOptionError'
  }
}

interface Rule {
  readonly pattern: string
  readonly isExact: boolean
  matches(name: string): boolean
  readonly policy: MergePolicy | undefined
  readonly keepDead: boolean | undefined
}

/** Says for every stream how it is merged: what the option says, else what `TUTTI_MERGE` says, else by its kind. */
export class MergeRules {
  readonly #rules: readonly Rule[]
  readonly #warn: (line: string) => void

  /**
   * @param variable what `TUTTI_MERGE` holds: `queue.depth=max,cpu.*=perWorker+dead`. A bad entry is one warning.
   * Throws {@link MergeOptionError}.
   */
  constructor(option: MergeOption = {}, variable = '', warn: (line: string) => void = () => {}) {
    const given = Object.entries(option).map(([pattern, rule]) => fromOption(pattern, rule))
    this.#rules = [...exactFirst(given), ...exactFirst(fromVariable(variable, warn))]
    this.#warn = warn
  }

  /** The definition as it is merged. What does not fit a stream is not applied; one warning says why, if it was named. */
  apply(definition: StreamDefinition): StreamDefinition {
    if (definition.scope.name === OWN_SCOPE.name) return definition
    const rule = this.#rules.find(each => each.matches(definition.name))
    if (rule === undefined) return definition
    const merging = { merge: rule.policy ?? definition.merge, keepDead: keepsDead(definition, rule) }
    const why = whyUnfit(definition, merging)
    if (why === undefined) return { ...definition, ...merging }
    // A pattern means those of the instruments that it matches for which it makes sense.
    if (rule.isExact)
      this.#warn(
        `${definition.name} can't be merged by "${rule.pattern}": ${why}. It is merged by "${definition.merge}".`,
      )
    return definition
  }
}

/** Unless it is said: for counters and histograms always, for others when the last word of all writers counts. */
function keepsDead(definition: StreamDefinition, { policy, keepDead }: Rule): boolean {
  if (keepDead !== undefined) return keepDead
  if (onlyAdds(definition)) return true
  return policy === undefined ? definition.keepDead : policy === 'last'
}

function exactFirst(rules: Rule[]): Rule[] {
  return [...rules.filter(each => each.isExact), ...rules.filter(each => !each.isExact)]
}

function fromOption(pattern: string, given: unknown): Rule {
  const { policy, dead, ...others } = (
    typeof given === 'string' ? { policy: given } : (given ?? {})
  ) as Record<string, unknown>
  const fail = (what: string) => new MergeOptionError(`merge: "${pattern}": ${what}`)
  if (pattern.trim() === '') throw fail('an instrument has a name. Write one, or a pattern like "queue.*".')
  if (typeof given !== 'string' && (typeof given !== 'object' || given === null))
    throw fail(`${String(given)} is no policy. Use one of ${MERGE_POLICIES.join(', ')}.`)
  if (policy !== undefined && !isPolicy(policy))
    throw fail(`"${String(policy)}" is no policy. Use one of ${MERGE_POLICIES.join(', ')}.`)
  if (dead !== undefined && dead !== 'keep' && dead !== 'drop')
    throw fail(`dead: "${String(dead)}" is neither "keep" nor "drop".`)
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) throw fail(`"${unknown}" is unknown. Only policy and dead can be set.`)
  return ruleOf(pattern, policy, dead === undefined ? undefined : dead === 'keep')
}

function fromVariable(variable: string, warn: (line: string) => void): Rule[] {
  const entries = variable.split(',').filter(entry => entry.trim() !== '')
  return entries.flatMap(entry => {
    const [, pattern, policy, dead] = /^\s*([^=\s]+)\s*=\s*(\w+)\s*([+-]dead)?\s*$/.exec(entry) ?? []
    if (pattern !== undefined && isPolicy(policy))
      return ruleOf(pattern, policy, dead === undefined ? undefined : dead === '+dead')
    warn(
      `TUTTI_MERGE: "${entry.trim()}" is ignored: write name=policy, name=policy+dead or name=policy-dead, with a ` +
        `policy of ${MERGE_POLICIES.join(', ')}.`,
    )
    return []
  })
}

function ruleOf(pattern: string, policy: MergePolicy | undefined, keepDead: boolean | undefined): Rule {
  // Names are compared without case (OpenTelemetry metrics API, instrument name syntax).
  return { pattern, isExact: !hasWildcard(pattern), matches: wildcards(pattern, 'i'), policy, keepDead }
}

function isPolicy(value: unknown): value is MergePolicy {
  return (MERGE_POLICIES as readonly unknown[]).includes(value)
}
