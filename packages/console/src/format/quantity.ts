/** A value as people read it: four digits that matter, and no fewer of a large one. */
export function quantity(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString('en-US')
  if (Math.abs(value) >= 1e4 && Math.abs(value) < 1e15) return Math.round(value).toLocaleString('en-US')
  return String(Number(value.toPrecision(4)))
}

/** A duration in the unit that fits it. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '-'
  if (seconds < 0.001) return `${Math.round(seconds * 1e6)} us`
  if (seconds < 1) return `${digits(seconds * 1e3)} ms`
  if (seconds < 120) return `${digits(seconds)} s`
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`
  return `${Math.floor(seconds / 86_400)} d`
}

export function byteCount(bytes: number): string {
  if (!Number.isFinite(bytes)) return '-'
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(bytes, 1)) / 10)))
  return `${digits(bytes / 1024 ** power)} ${units[power]}`
}

function digits(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)))
}
