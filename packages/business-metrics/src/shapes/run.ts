/** Told of the beginning and the end of a run. */
export interface RunRecorder {
  begin(labels: unknown): void
  end(labels: unknown, outcome: string, seconds: number, error: unknown): void
}

/** Marks the end of a run that was not told how it went. */
export const UNFINISHED: Error = Object.assign(
  new Error('the run ended without succeed(), fail() or end()'),
  {
    name: 'unfinished',
  },
)

/**
 * A run that is being measured. It ends once; whatever is said after that is ignored. With `using` it ends with its
 * block: as a failure, unless `succeed()` or `end()` was reached, because then something was thrown.
 */
export interface Run<Outcome extends string> extends Disposable, AsyncDisposable {
  /** It and the others can be handed over as they are: `promise.then(run.succeed, run.fail)`. */
  succeed(): void
  /** @param error what its type is taken from. */
  fail(error?: unknown): void
  end(outcome: Outcome | 'success' | 'failure'): void
}

export class MeasuredRun<Outcome extends string> implements Run<Outcome> {
  readonly #recorder: RunRecorder
  readonly #labels: unknown
  readonly #startMs: number = performance.now()
  #hasEnded = false

  constructor(recorder: RunRecorder, labels: unknown) {
    this.#recorder = recorder
    this.#labels = labels
    recorder.begin(labels)
  }

  [Symbol.dispose](): void {
    this.#end('failure', UNFINISHED)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end('failure', UNFINISHED)
  }

  // Listeners are called without their object.
  readonly succeed = (): void => this.#end('success', undefined)

  readonly fail = (error?: unknown): void => this.#end('failure', error)

  readonly end = (outcome: Outcome | 'success' | 'failure'): void => this.#end(outcome, undefined)

  #end(outcome: string, error: unknown): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#recorder.end(this.#labels, outcome, (performance.now() - this.#startMs) / 1_000, error)
  }
}

/** A run that is not measured: its group is off, or the minute's updates are used up. */
export const UNMEASURED: Run<never> = {
  succeed() {},
  fail() {},
  end() {},
  [Symbol.dispose]() {},
  async [Symbol.asyncDispose]() {},
}
