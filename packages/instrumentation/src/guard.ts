/**
 * The same function, but an error in it is said once instead of reaching the app. Node turns an error in a
 * diagnostics channel's subscriber into an uncaught exception, which would end the process.
 */
export function guard<Arguments extends unknown[]>(
  name: string,
  warn: (line: string) => void,
  run: (...args: Arguments) => void,
): (...args: Arguments) => void {
  const onError = sayOnce(name, warn)
  return function guarded(...args: Arguments): void {
    try {
      run(...args)
    } catch (error) {
      onError(error)
    }
  }
}

/** Says the first error of an instrumentation. */
export function sayOnce(name: string, warn: (line: string) => void): (error: unknown) => void {
  let said = false
  return error => {
    if (said) return
    said = true
    warn(`instrumentation ${name} failed and loses what it could not record: ${String(error)}`)
  }
}
