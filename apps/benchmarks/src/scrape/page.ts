import { boundaries } from '../boundaries.ts'
import { type ExpectedSeries, histogramName, labelsOf, seriesKey } from './series.ts'

/** Throws unless the page holds every bucket, sum and count of every series, each exactly. */
export function checkPage(page: string, expected: readonly ExpectedSeries[]): void {
  const found = readPage(page)
  if (found.size !== expected.length)
    throw new Error(`the page has ${found.size} series, not ${expected.length}`)
  for (const [series, wanted] of expected.entries()) {
    const key = seriesKey(labelsOf(series))
    const cumulative = wanted.buckets.map((_, index, all) =>
      all.slice(0, index + 1).reduce((a, b) => a + b, 0),
    )
    const say = (one: ExpectedSeries | undefined) => one && JSON.stringify([one.count, one.sum, one.buckets])
    const should = say({ ...wanted, buckets: cumulative })
    if (say(found.get(key)) !== should) {
      throw new Error(`the page says ${say(found.get(key))} of ${key}, but it should be ${should}`)
    }
  }
}

/** The benchmark's histogram as a page of the Prometheus text format shows it: cumulative buckets. */
function readPage(page: string): Map<string, ExpectedSeries> {
  const found = new Map<string, ExpectedSeries>()
  for (const line of page.split('\n')) {
    if (!line.startsWith(histogramName)) continue
    const open = line.indexOf('{')
    const close = line.lastIndexOf('}')
    const labels = readLabels(line.slice(open + 1, close))
    const key = seriesKey({ method: labels.method, route: labels.route, status: Number(labels.status) })
    const value = Number(line.slice(close + 1).trim())
    const one = found.get(key) ?? {
      count: 0,
      sum: 0,
      buckets: new Array(boundaries.length + 1).fill(Number.NaN),
    }
    found.set(key, one)
    const suffix = line.slice(histogramName.length, open)
    if (suffix === '_bucket') one.buckets[bucketUpTo(labels.le)] = value
    else if (suffix === '_sum') one.sum = value
    else if (suffix === '_count') one.count = value
    else throw new Error(`unexpected sample: ${line}`)
  }
  return found
}

function bucketUpTo(le: string): number {
  return le === '+Inf' ? boundaries.length : boundaries.indexOf(Number(le))
}

/** None of the benchmark's label values holds a quote, a backslash or a line feed. */
function readLabels(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/(\w+)="([^"]*)"/g)].map(match => [match[1], match[2]]))
}
