import type { LabelArguments, LabelDefinitions, LabelsOf } from '../labels/definitions.ts'
import { messageOf } from '../shared/pulse.ts'
import { note } from '../shared/state.ts'
import type { Run } from './run.ts'
import { watchEnd } from './watch-end.ts'

// biome-ignore lint/suspicious/noExplicitAny: any function can be measured, and keeps its own type.
export type AnyFunction = (...args: any[]) => unknown

/** The labels, or a function of the call's arguments that makes them; left out where there are none. */
export type LabelSource<L extends LabelDefinitions, Args extends unknown[]> = keyof L extends never
  ? []
  : [labels: LabelsOf<L> | ((...args: Args) => LabelsOf<L>)]

/** A standard decorator of methods. */
export type MethodDecorator = <This, Args extends unknown[], Return>(
  method: (this: This, ...args: Args) => Return,
  context: ClassMethodDecoratorContext<This, (this: This, ...args: Args) => Return>,
) => (this: This, ...args: Args) => Return

/** Ways to measure code. Whatever the code returns or throws, its caller gets. */
export interface Around<L extends LabelDefinitions, R> {
  /** Begins a run; end it, or take it with `using`. Never throws. */
  start(...labels: LabelArguments<L>): R
  /**
   * Calls `run` now. A promise is measured until it settles; the caller gets a promise of the same result, also for
   * what is lazy and only looks like one.
   */
  run<T>(...args: [...labels: LabelArguments<L>, run: (run: R) => T]): T
  /** The function, measured with every call. */
  wrap<F extends AnyFunction>(...args: [...labels: LabelSource<L, Parameters<F>>, run: F]): F
  /**
   * Begins a run that the callback of an older API ends: `callback(labels, (error, value) => ...)`. An error as its
   * first argument is a failure.
   */
  callback<F extends AnyFunction>(...args: [...labels: LabelArguments<L>, callback: F]): F
  /** Measures a method: `@metrics.exports.measure({ format: 'csv' })`. */
  measure(...labels: LabelSource<L, unknown[]>): MethodDecorator
}

interface Startable {
  readonly name: string
  start(labels?: unknown): Run<never>
}

/** The ways around {@link Startable.start}. */
export function around<L extends LabelDefinitions, R>({ name, start }: Startable): Around<L, R> {
  const wrap = (first: unknown, second?: unknown): AnyFunction => {
    const [labels, run] = labelsAndFunction(first, second)
    return alike(run, function (this: unknown, ...args: unknown[]) {
      return measure(start(labelsOf(name, labels, args)), () => run.apply(this, args))
    })
  }
  const ways = {
    start,
    run(first: unknown, second?: unknown) {
      const [labels, run] = labelsAndFunction(first, second)
      const measured = start(labels)
      return measure(measured, () => run(measured))
    },
    wrap,
    callback(first: unknown, second?: unknown) {
      const [labels, callback] = labelsAndFunction(first, second)
      const run = start(labels)
      return alike(callback, function (this: unknown, ...args: unknown[]) {
        if (args[0] === undefined || args[0] === null) run.succeed()
        else run.fail(args[0])
        return callback.apply(this, args)
      })
    },
    measure: (labels?: unknown) => (method: AnyFunction) => wrap(labels, method),
  }
  return ways as unknown as Around<L, R>
}

/** The run ends when the code has. */
function measure(run: Run<never>, code: () => unknown): unknown {
  return watchEnd(code, run.succeed, run.fail)
}

function labelsOf(metric: string, labels: unknown, args: unknown[]): unknown {
  if (typeof labels !== 'function') return labels
  try {
    return labels(...args)
  } catch (error) {
    note('callback', metric, () => `the function that makes its labels failed (${messageOf(error)}).`)
    return undefined
  }
}

/** What a function of the author is given with, or without, labels before it. */
export function labelsAndFunction(first: unknown, second: unknown): [labels: unknown, run: AnyFunction] {
  return second === undefined ? [undefined, first as AnyFunction] : [first, second as AnyFunction]
}

/** Looks like the function that it is around. */
function alike(run: AnyFunction, measured: AnyFunction): AnyFunction {
  try {
    Object.defineProperties(measured, {
      name: { value: run.name, configurable: true },
      length: { value: run.length, configurable: true },
    })
  } catch {
    // A name is no reason to stop.
  }
  return measured
}
