import type { Exemplars } from './exemplars.ts'
import type { Reject } from './series.ts'

/**
 * What the series of one instrument know of it. The usual measurement, a finite number that is not negative, of
 * an instrument that keeps fractions and no exemplars, is recorded after one look at {@link isPlain}; everything
 * else takes the longer way. Measured: two nanoseconds of five.
 */
export class Measuring {
  /** Whether the number can be stored as it is, and nothing else is to be done. */
  isPlain: boolean
  /** Keeps exemplars; undefined while nobody can have made a span active. */
  exemplars: Exemplars | undefined = undefined
  readonly signed: boolean
  readonly integer: boolean
  readonly reject: Reject
  /** Told of every measurement that a limit kept from a series of its own. */
  readonly overflowed: () => void
  /** Milliseconds since the epoch. */
  readonly now: () => number

  /**
   * @param options.signed negative numbers are measurements too.
   * @param options.integer the fraction is dropped.
   */
  constructor(options: {
    signed: boolean
    integer: boolean
    reject: Reject
    overflowed?: () => void
    now: () => number
  }) {
    this.signed = options.signed
    this.integer = options.integer
    this.reject = options.reject
    this.overflowed = options.overflowed ?? (() => {})
    this.now = options.now
    this.isPlain = !options.integer
  }

  /** Whether it can be recorded: a finite number, and not negative where that has no meaning. */
  accepts(value: unknown): value is number {
    return Number.isFinite(value) && (this.signed || (value as number) >= 0)
  }

  /** The number that is recorded. */
  stored(value: number): number {
    return this.integer ? Math.trunc(value) : value
  }

  sample(exemplars: Exemplars): void {
    this.exemplars = exemplars
    this.isPlain = false
  }
}
