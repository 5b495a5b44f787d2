/** What takes longer than this says so, once a step, to who watches. */
const QUIET_MS = 500

/** Tells on a terminal's stderr that work goes on; the line is gone when it is done. Nothing when piped. */
export class Progress {
  readonly #beganMs: number = performance.now()
  #shownMs = 0
  #isShown = false

  step(what: string): void {
    const nowMs = performance.now()
    if (!process.stderr.isTTY || nowMs - this.#beganMs < QUIET_MS || nowMs - this.#shownMs < 100) return
    this.#shownMs = nowMs
    this.#isShown = true
    process.stderr.write(`\r\x1b[K${what}`)
  }

  end(): void {
    if (this.#isShown) process.stderr.write('\r\x1b[K')
    this.#isShown = false
  }
}

/** The same for work that has no steps. */
export async function withProgress<T>(what: string, work: () => Promise<T>): Promise<T> {
  const progress = new Progress()
  const timer = setInterval(() => progress.step(what), QUIET_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    progress.end()
  }
}
