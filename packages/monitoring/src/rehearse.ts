import { duration } from './promql.ts'

/**
 * A configuration of Prometheus or Alertmanager, or a file of rules, with every time divided: intervals, timeouts,
 * waits, each `for`, and the windows of queries (`[5m]`). For rehearsals, where nobody can wait for five minutes. No
 * interval gets shorter than a second; nothing else changes. Throws a RangeError for a speed below 1.
 *
 * @example
 * rehearse('- alert: A\n  expr: rate(a_total[5m]) > 1\n  for: 10m\n', 30)
 * // '- alert: A\n  expr: rate(a_total[10s]) > 1\n  for: 20s\n'
 */
export function rehearse(text: string, speed: number): string {
  if (!(speed >= 1)) throw new RangeError(`speed is ${speed}; it divides times and must be 1 or more.`)
  return text.replaceAll(times, (_all, before: string, count: string, unit: keyof typeof seconds) => {
    const shorter = (Number(count) * seconds[unit]) / speed
    return before + duration(before === 'for: ' ? shorter : Math.max(1, shorter))
  })
}

const times = /(\[|(?:\w*(?:interval|timeout|_wait)|for): )(\d+)(s|m|h|d)\b/g
const seconds = { s: 1, m: 60, h: 3_600, d: 86_400 }
