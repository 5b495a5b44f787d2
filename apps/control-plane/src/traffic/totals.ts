export interface Totals {
  sent: number
  answered: number
  sentByRoute: Record<string, number>
  answeredByStatus: Record<string, number>
  /** What was done besides requests, how often. */
  disturbances: Record<string, number>
}

export function emptyTotals(): Totals {
  return { sent: 0, answered: 0, sentByRoute: {}, answeredByStatus: {}, disturbances: {} }
}

export function addSent(totals: Totals, route: string): void {
  totals.sent++
  totals.sentByRoute[route] = (totals.sentByRoute[route] ?? 0) + 1
}

export function addAnswer(totals: Totals, status: number): void {
  totals.answered++
  totals.answeredByStatus[status] = (totals.answeredByStatus[status] ?? 0) + 1
}

export function addDisturbance(totals: Totals, what: string): void {
  totals.disturbances[what] = (totals.disturbances[what] ?? 0) + 1
}

/** The exact totals as a small table. */
export function describeTotals(totals: Totals): string {
  const rows = Object.entries(totals.sentByRoute).sort(([a], [b]) => a.localeCompare(b))
  const statuses = Object.entries(totals.answeredByStatus).map(([status, count]) => `${count} x ${status}`)
  return [
    `Traffic has stopped: ${totals.sent} requests sent, ${totals.answered} answered (${statuses.join(', ') || 'none'}).`,
    ...rows.map(([route, count]) => `${String(count).padStart(8)}  ${route}`),
    `${String(totals.sent).padStart(8)}  in total`,
    ...Object.entries(totals.disturbances).map(([what, count]) => `${String(count).padStart(8)}  x ${what}`),
  ].join('\n')
}
