import { prometheusName } from '@tutti/business-metrics'
import { ATTRIBUTES } from './attributes.ts'
import { type Instrument, instrumentsOfCatalogs, instrumentsOfEverything } from './instruments.ts'
import { type OwnFamily, ownFamilies } from './own-families.ts'
import { madeFrom, type ReferencePage } from './page.ts'
import { code, table } from './table.ts'

/** The parts of the page, and how the names in each begin. */
const PARTS: readonly (readonly [title: string, ...prefixes: string[]])[] = [
  ['HTTP', 'http.'],
  ['Databases and caches', 'db.', 'cache.'],
  ['Queues', 'messaging.', 'bullmq.'],
  ['Node', 'nodejs.', 'v8js.', 'process.'],
]

/** docs/reference/metrics.md: what is recorded without a line of the app's, from the instruments and a real page. */
export async function metricsPage(): Promise<ReferencePage> {
  const instruments = await instrumentsOfEverything()
  const others = instruments.filter(({ name }) => !PARTS.some(part => belongs(name, part)))
  if (others.length > 0)
    throw new Error(`no part of the page for ${others.map(({ name }) => name).join(', ')}`)
  return {
    path: 'docs/reference/metrics.md',
    text: `${madeFrom('the instruments and a real page')}

# Metrics

What is on the page without a line in the app. Names on the page are those of the default translation strategy; a histogram
\`x\` has \`x_bucket\`, \`x_sum\` and \`x_count\`. Attributes become labels with dots as underscores (\`http.route\` is
\`http_route\`); \`error.type\` is there only where something failed. Gauges that are kept per worker have the label \`worker\` as
well: which, and what the values mean, is in [packages/instrumentation](../../packages/instrumentation/README.md).

${PARTS.map(part => `## ${part[0]}\n\n${instrumentTable(instruments.filter(({ name }) => belongs(name, part)))}`).join('\n\n')}

## The page about itself

These need no app. \`target_info\` has the resource's attributes.

${familyTable(await ownFamilies())}

## Business metrics about themselves

${instrumentTable(instrumentsOfCatalogs(), { 'tutti.helper.errors': ['kind', 'metric'], 'tutti.helper.limited.updates': ['metric'] })}

## Labels that tell alike from alike

\`tutti_duplicate\` and \`tutti_definition\` are on a sample only where two things would otherwise be one; \`otel_metric_overflow\`
where a [limit](../merging.md#limits) was reached.
`,
  }
}

function belongs(name: string, [, ...prefixes]: readonly string[]): boolean {
  return prefixes.some(prefix => name.startsWith(prefix))
}

function instrumentTable(instruments: Instrument[], attributes = ATTRIBUTES): string {
  return table(
    ['metric', 'on the page', 'type', 'unit', 'attributes', ''],
    instruments.map(({ name, type, unit, description }) => [
      ...[code(name), code(prometheusName(name, unit, type)), type, unit],
      ...[(attributes[name] ?? []).map(code).join(', '), description],
    ]),
  )
}

function familyTable(families: OwnFamily[]): string {
  const ordered = families.toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
  return table(
    ['on the page', 'type', 'labels', ''],
    ordered.map(({ name, type, labels, help }) => [code(name), type, labels.map(code).join(', '), help]),
  )
}
