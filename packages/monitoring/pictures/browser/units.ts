/** A value as Grafana writes it in that unit. */
export function inUnit(value: number, unit: string): string {
  switch (unit) {
    case 's':
      return duration(value)
    case 'ms':
      return duration(value / 1_000)
    case 'percentunit':
      return `${rounded(value * 100)} %`
    case 'bytes':
      return scaled(value, 1_024, ['B', 'KiB', 'MiB', 'GiB', 'TiB'])
    case 'reqps':
      return `${scaled(value, 1_000, ['', 'K', 'M'])} req/s`
    case 'ops':
      return `${scaled(value, 1_000, ['', 'K', 'M'])} /s`
    default:
      return scaled(value, 1_000, ['', 'K', 'M', 'G'])
  }
}

function duration(seconds: number): string {
  const size = Math.abs(seconds)
  if (size === 0) return '0 s'
  if (size < 1e-3) return `${rounded(seconds * 1e6)} µs`
  if (size < 1) return `${rounded(seconds * 1e3)} ms`
  if (size < 120) return `${rounded(seconds)} s`
  if (size < 7_200) return `${rounded(seconds / 60)} min`
  return size < 172_800 ? `${rounded(seconds / 3_600)} h` : `${rounded(seconds / 86_400)} d`
}

function scaled(value: number, factor: number, names: string[]): string {
  let power = 0
  while (Math.abs(value) >= factor && power < names.length - 1) {
    value /= factor
    power++
  }
  return `${rounded(value)} ${names[power]}`.trim()
}

/** Three digits that say something. */
function rounded(value: number): string {
  const size = Math.abs(value)
  if (size >= 100) return value.toFixed(0)
  return String(Number(value.toPrecision(3)))
}
