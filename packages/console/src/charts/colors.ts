import { SERIES_COLORS } from './theme.ts'

/** What is shown keeps its colour while it is shown, and no two have the same while there are enough. */
export class Colors {
  readonly #byLabel: Map<string, number> = new Map()

  assign(labels: readonly string[]): number[] {
    const shown = new Set(labels)
    for (const label of this.#byLabel.keys()) if (!shown.has(label)) this.#byLabel.delete(label)
    return labels.map(label => {
      const color = this.#byLabel.get(label) ?? this.#free()
      this.#byLabel.set(label, color)
      return color
    })
  }

  of(label: string): number | undefined {
    return this.#byLabel.get(label)
  }

  #free(): number {
    const taken = new Set(this.#byLabel.values())
    for (let color = 0; color < SERIES_COLORS; color++) if (!taken.has(color)) return color
    return SERIES_COLORS
  }
}
