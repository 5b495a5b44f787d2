import type { UpdateBudget } from './update-budget.ts'

/** The switches, as the environment or `configureMetrics` set them. */
export interface Switches {
  isEnabled: boolean
  disabledGroups: ReadonlySet<string>
}

/** Updates that pass before the gate is asked again; a small integer, which is counted down without allocation. */
const UNLIMITED = 2 ** 30

/**
 * What every update passes: its group's switch, the master switch and the limit on updates in one decrement,
 * `--gate.left < 0 && !gate.admit()`.
 */
export class Gate {
  /** Updates that may still pass without asking {@link admit}. */
  left = 0
  /** Names in `TUTTI_DISABLED_GROUPS` that shut it: the catalog's, the group's. */
  readonly groups: readonly string[]
  /** Whether the groups and the master switch are on. */
  isOpen = true
  readonly #updates: UpdateBudget

  constructor(groups: readonly string[], updates: UpdateBudget, switches: Switches) {
    this.groups = groups
    this.#updates = updates
    this.adjust(switches)
  }

  /** Called when `left` is used up. */
  admit(): boolean {
    this.left = 0
    if (!this.isOpen) return false
    if (this.#updates.isLimited) return this.#updates.take()
    this.left = UNLIMITED
    return true
  }

  adjust({ isEnabled, disabledGroups }: Switches): void {
    this.isOpen = isEnabled && !this.groups.some(group => disabledGroups.has(group))
    this.left = 0
  }
}
