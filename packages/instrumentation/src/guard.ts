/**
 * The same function, but an error in it is said once instead of reaching the app. Node turns an error in a
 * diagnostics channel's subscriber into an uncaught exception, which would end the process.
 */
export function guard<Arguments extends unknown[]>(
  name: string,
  warn: (line: string) => void,
  run: (...args: Arguments) => void,
): (...args: Arguments) => void {
  let said = false
  return function guarded(...args: Arguments): void {
    try {
      run(...args)
    } catch (error) {
      if (said) return
      said = true
      warn(`instrumentation ${name} failed and loses what it could not record: ${String(error)}`)
    }
  }
}
