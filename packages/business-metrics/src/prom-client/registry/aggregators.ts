import type { Reading, Sample } from '../metrics/reading.ts'

/** Makes one reading of those of several processes. */
export type AggregateReadings = (readings: readonly Reading[]) => Reading | undefined

/** @param combine makes one value of those of one line. */
function aggregatorOf(combine: (values: readonly number[]) => number): AggregateReadings {
  return readings => {
    if (readings.length === 0) return undefined
    const [{ help, name, type, aggregator }] = readings
    const lines = new Map<string, Sample[]>()
    for (const sample of readings.flatMap(({ values }) => values)) {
      const key = keyOf(sample)
      const line = lines.get(key)
      if (line === undefined) lines.set(key, [sample])
      else line.push(sample)
    }
    const values = Array.from(lines.values(), samples => {
      const [{ labels, metricName }] = samples
      const value = combine(samples.map(each => each.value))
      return metricName ? { value, labels, metricName } : { value, labels }
    })
    return { help, name, type, values, aggregator }
  }
}

/** Labels that read alike are the same ones. */
function keyOf({ metricName, labels }: Sample): string {
  const texts = Object.entries(labels).map(([name, value]) => [name, String(value)] as const)
  return JSON.stringify([metricName, texts.sort(byName)])
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** prom-client's ways to make one value of those of several processes, for readings as `getMetricsAsJSON` gives them. */
export const aggregators: Record<'sum' | 'first' | 'omit' | 'average' | 'min' | 'max', AggregateReadings> = {
  sum: aggregatorOf(sum),
  first: aggregatorOf(([first]) => first),
  omit: () => undefined,
  average: aggregatorOf(values => sum(values) / values.length),
  min: aggregatorOf(values =>
    values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
  ),
  max: aggregatorOf(values =>
    values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  ),
}
