/** As Prometheus' `humanize` writes numbers from 1 to 1,000,000. */
export function humanized(value: number): string {
  return value < 1_000 ? digits(value) : `${digits(value / 1_000)}k`
}

/** As Prometheus' `humanizePercentage` writes shares. */
export function humanizedPercentage(share: number): string {
  return `${digits(share * 100)}%`
}

/** As Prometheus' `humanizeDuration` writes seconds, from a millisecond on. */
export function humanizedDuration(seconds: number): string {
  if (seconds < 1) return `${digits(seconds * 1_000)}ms`
  if (seconds < 60) return `${digits(seconds)}s`
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24]
  const rest = `${Math.floor(seconds / 60) % 60}m ${Math.floor(seconds % 60)}s`
  if (days > 0) return `${days}d ${hours}h ${rest}`
  return hours > 0 ? `${hours}h ${rest}` : rest
}

function digits(value: number): string {
  return String(Number(value.toPrecision(4)))
}
