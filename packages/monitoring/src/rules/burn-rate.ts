import type { Monitored } from '../options.ts'
import { duration, part, rate } from '../promql.ts'
import { type Alert, type AlertRule, growing } from './alert.ts'
import type { SloDefinition } from './objectives.ts'
import type { Recording } from './recordings.ts'

const minute = 60
const hour = 3_600
const day = 86_400

/**
 * Multiwindow, multi-burn-rate (the SRE workbook, "Alerting on SLOs"): how much of the budget of the whole window is
 * burnt in the long window; the short one makes the alert end soon after the trouble.
 */
const windows = [
  { short: 5 * minute, long: hour, budgetShare: 0.02, severity: 'critical' },
  { short: 30 * minute, long: 6 * hour, budgetShare: 0.05, severity: 'critical' },
  { short: 2 * hour, long: day, budgetShare: 0.1, severity: 'warning' },
  { short: 6 * hour, long: 3 * day, budgetShare: 0.1, severity: 'warning' },
] as const

type Window = (typeof windows)[number]

export const budgetRemaining = 'job_slo:error_budget_remaining:ratio'

export const badRatio = (windowSeconds: number): string =>
  `job_slo:bad_events:ratio_rate${duration(windowSeconds)}`

/** The share of bad events over every window that an alert looks at. */
export function burnRecordings(slo: SloDefinition, options: Monitored): Recording[] {
  const all = [...new Set(windows.flatMap(({ short, long }) => [short, long]))].sort((a, b) => a - b)
  return all.map(seconds => ({
    record: badRatio(seconds),
    expr: badShare(slo, options, seconds),
    labels: { slo: slo.name },
  }))
}

/** What is left of the budget, 1 to less than 0. Over the whole window, so computed seldom. */
export function budgetRecording(slo: SloDefinition, options: Monitored): Recording {
  return {
    record: budgetRemaining,
    expr: `1 - (${badShare(slo, options, slo.windowDays * day)}) / ${tidy(1 - slo.target)}`,
    labels: { slo: slo.name },
  }
}

export function burnAlerts(slo: SloDefinition, options: Monitored): Alert[] {
  // More than everything can not be bad: of an objective that is easy to meet, the fast windows say nothing.
  const rules = windows
    .filter(window => limitOf(slo, window) < 1)
    .map(window => ({ window, rule: burnRule(slo, options, window) }))
  return rules.map(({ window, rule }) => {
    const tell = (share: number): Alert['firing'] => {
      const { series, value } = samples(slo, options, share)
      const labels = { slo: slo.name }
      const burning = rules.filter(each => limitOf(slo, each.window) < share)
      const expected = burning.map(each => ({ rule: each.rule, labels, value }))
      return { series, labels, value, atMinutes: 20, expected }
    }
    const limit = limitOf(slo, window)
    return { ...rule, firing: tell(Math.min(limit * 1.5, (limit + 1) / 2)), quiet: tell(limit * 0.5) }
  })
}

function burnRule(slo: SloDefinition, { job }: Monitored, window: Window): AlertRule {
  const { short, long, budgetShare, severity } = window
  const limit = `${factor(slo, window)} * ${tidy(1 - slo.target)}`
  const selector = `{job="${job}", slo="${slo.name}"}`
  return {
    name: 'ErrorBudgetBurn',
    severity,
    expr: `${badRatio(long)}${selector} > ${limit}\nand\n${badRatio(short)}${selector} > ${limit}`,
    forSeconds: severity === 'critical' ? 2 * minute : 15 * minute,
    labels: { slo: slo.name, window: duration(long) },
    summary: `The error budget of ${slo.name} of {{ $labels.job }} burns ${factor(slo, window)} times too fast`,
    description:
      `{{ $value | humanizePercentage }} of events were bad over ${duration(long)}, where ${tidy((1 - slo.target) * 100)}% ` +
      `may be over ${slo.windowDays} days: ${tidy(budgetShare * 100)}% of the budget goes in ${duration(long)}.`,
  }
}

function limitOf(slo: SloDefinition, window: Window): number {
  return factor(slo, window) * (1 - slo.target)
}

/** How many times faster than just so the budget burns when `budgetShare` of it goes in the long window. */
function factor({ windowDays }: SloDefinition, { long, budgetShare }: Window): number {
  return tidy((budgetShare * windowDays * day) / long)
}

function badShare({ total, counted }: SloDefinition, { job }: Monitored, seconds: number): string {
  const scope = { matchers: `job="${job}"`, range: duration(seconds) }
  const events = ({ family, matchers }: SloDefinition['total']) =>
    rate({ kind: 'counter', family }, scope, 'job', matchers)
  const share = part(events(counted), events(total))
  return counted.are === 'bad' ? share : `1 - ${share}`
}

/** 10,000 events a minute, so many of them bad. */
function samples({ total, counted }: SloDefinition, { job }: Monitored, share: number) {
  const bad = Math.round(share * 10_000)
  const value = `${tidy(bad / 100)}%`
  const of = (family: string, more = '') => `${family}{job="${job}"${more}}`
  if (counted.are === 'good')
    return {
      value,
      series: { [of(total.family)]: growing(10_000), [of(counted.family)]: growing(10_000 - bad) },
    }
  const status = (code: number) => of(total.family, `, http_response_status_code="${code}"`)
  return { value, series: { [status(200)]: growing(10_000 - bad), [status(500)]: growing(bad) } }
}

/** Without what binary fractions leave behind. */
function tidy(value: number): number {
  return Number(value.toPrecision(10))
}
