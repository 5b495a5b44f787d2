import type { UpdateBudget } from './update-budget.ts'

/** The switches, as the environment or `configureMetrics` set them. */
export interface Switches {
  isEnabled: boolean
  disabledGroups: ReadonlySet<string>
}

/**
 * What every update passes: its group's switch, the master switch and the limit on updates. Usually all is open, and
 * that is one look: `gate.asks && !gate.admit()`.
 */
export class Gate {
  /** Whether an update must ask {@link admit}. */
  asks = false
  /** Whether the groups and the master switch are on. */
  isOpen = true
  /** Names in `TUTTI_DISABLED_GROUPS` that shut it: the catalog's, the group's. */
  readonly #groups: readonly string[]
  readonly #updates: UpdateBudget

  constructor(groups: readonly string[], updates: UpdateBudget, switches: Switches) {
    this.#groups = groups
    this.#updates = updates
    this.adjust(switches)
  }

  admit(): boolean {
    return this.isOpen && this.#updates.take()
  }

  /** Called when a switch or the limit has changed. */
  adjust({ isEnabled, disabledGroups }: Switches): void {
    this.isOpen = isEnabled && !this.#groups.some(group => disabledGroups.has(group))
    this.asks = !this.isOpen || this.#updates.isLimited
  }
}
