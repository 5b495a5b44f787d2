import { mergeLabels } from '../series/label-rules.ts'

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

/** The same of one series: its timer's end may give labels, which lead to another one. */
export function startSeriesTimer<L extends object>(
  own: L,
  record: (seconds: number) => void,
  recordLabeled: (labels: L, seconds: number) => void,
): (labels?: L) => number {
  return startTimer((seconds, labels?: L) => {
    if (labels === undefined) record(seconds)
    else recordLabeled(mergeLabels(own, labels), seconds)
  })
}
