/** What it returns tells `record` the seconds since now, and returns them. */
export function startTimer<Rest extends unknown[]>(
  record: (seconds: number, ...rest: Rest) => void,
): (...rest: Rest) => number {
  const [startSeconds, startNanoseconds] = process.hrtime()
  return (...rest) => {
    const [seconds, nanoseconds] = process.hrtime()
    const taken = seconds - startSeconds + (nanoseconds - startNanoseconds) / 1e9
    record(taken, ...rest)
    return taken
  }
}
