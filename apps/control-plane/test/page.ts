/** One sample of the metrics page. */
export interface Sample {
  name: string
  labels: Record<string, string>
  value: number
}

/** Reads the metrics page. */
export async function readPage(metricsUrl: string): Promise<Sample[]> {
  const response = await fetch(metricsUrl)
  if (response.status !== 200) throw new Error(`The metrics page answered ${response.status}.`)
  return (await response.text())
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(parseSample)
}

/** The sum of all samples with this name and these labels. */
export function sum(samples: Sample[], name: string, labels: Record<string, string> = {}): number {
  return samples
    .filter(sample => sample.name === name)
    .filter(sample => Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
    .reduce((total, sample) => total + sample.value, 0)
}

/** Sums by what `key` makes of the labels. */
export function sumBy(
  samples: Sample[],
  name: string,
  key: (labels: Record<string, string>) => string,
): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { labels, value } of samples.filter(sample => sample.name === name)) {
    sums[key(labels)] = (sums[key(labels)] ?? 0) + value
  }
  return sums
}

function parseSample(line: string): Sample {
  const [, name, labels, value] = /^([^{ ]+)(?:\{(.*)\})? (\S+)/.exec(line) ?? []
  if (!name) throw new Error(`Not a sample: ${line}`)
  const pairs = [...(labels ?? '').matchAll(/([^=,]+)="((?:\\.|[^"\\])*)"/g)]
  return {
    name,
    labels: Object.fromEntries(pairs.map(([, label, text]) => [label, text])),
    value: Number(value),
  }
}
