import type { LabelDescription, MetricDescription } from './find-catalogs.ts'

type Value = string | number | boolean

/** Labels that a shape sets itself. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  operation: ['outcome', 'error.type'],
  job: ['outcome', 'error.type'],
  stateSet: ['state'],
  health: ['outcome'],
  cache: ['outcome'],
  ratio: ['outcome'],
}

/** The labels that whoever records the metric gives, each with a value that it may have. */
export function exampleLabels({ shape, instruments }: MetricDescription): Record<string, Value> {
  const own = OWN[shape] ?? []
  const labels = (instruments[0]?.labels ?? []).filter(({ name }) => !own.includes(name))
  return Object.fromEntries(labels.map(label => [label.name, exampleValue(label)]))
}

/** What texts often look like; one of them may match a pattern. */
const EXAMPLES = [
  'example',
  'a',
  'A',
  '1',
  'EXAMPLE',
  'example.com',
  '2026-01-01',
  'v1.0.0',
  'eu-west-1',
  '/example',
]

function exampleValue({ values, pattern }: LabelDescription): Value {
  if (values !== undefined) return values[0]
  const matches = patternOf(pattern)
  return EXAMPLES.find(matches) ?? EXAMPLES[0]
}

function patternOf(source: string | undefined): (text: string) => boolean {
  if (source === undefined) return () => true
  try {
    const pattern = new RegExp(source)
    return text => pattern.test(text)
  } catch {
    return () => true
  }
}
