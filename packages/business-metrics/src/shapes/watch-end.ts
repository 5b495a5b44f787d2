import { isThenable } from '../shared/thenable.ts'

/**
 * Runs code and is told how it ends: at once, or when its promise settles. What it returns or throws is its caller's,
 * unchanged.
 */
export function watchEnd(
  code: () => unknown,
  succeeded: (value: unknown) => void,
  failed: (error: unknown) => void,
): unknown {
  let result: unknown
  try {
    result = code()
  } catch (error) {
    failed(error)
    throw error
  }
  if (!isThenable(result)) {
    succeeded(result)
    return result
  }
  try {
    // A promise of the same result, so that an error that nobody handles is still unhandled.
    return result.then(
      value => {
        succeeded(value)
        return value
      },
      error => {
        failed(error)
        throw error
      },
    )
  } catch (error) {
    // What looks like a promise and can't be waited for is its caller's as it is.
    failed(error)
    return result
  }
}
