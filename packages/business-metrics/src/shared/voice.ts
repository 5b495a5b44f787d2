/** Lines that are remembered: beyond so many different ones nothing more is said. */
const MAX_LINES = 200

/** Says every kind of trouble once, however often it happens. */
export class Voice {
  /** Where lines go; `configureMetrics({ warn })` sets it. */
  warn: (line: string) => void = warnOfProcess
  readonly #said: Set<string> = new Set()

  /** @param topic what was said once is not said again, whatever the line. */
  once(topic: string, line: () => string): void {
    if (this.#said.has(topic) || this.#said.size >= MAX_LINES) return
    this.#said.add(topic)
    try {
      this.warn(line())
    } catch {
      // Whoever listens has trouble of their own, which is none of the measurement's.
    }
  }

  /** For tests: everything may be said again. */
  forget(): void {
    this.#said.clear()
  }
}

function warnOfProcess(line: string): void {
  process.emitWarning(line, 'TuttiMetricsWarning')
}
