/**
 * Tells how a promise ended, and gives out one that ends in the same way and only then.
 * @param settle told of the error, which is always there when there is one, or of the value; must not throw.
 */
export function watchPromise<Value>(
  promise: PromiseLike<Value>,
  settle: (error: unknown, value?: Value) => void,
): PromiseLike<Value> {
  return promise.then(
    value => {
      settle(undefined, value)
      return value
    },
    (error: unknown) => {
      settle(error ?? new Error())
      throw error
    },
  )
}
