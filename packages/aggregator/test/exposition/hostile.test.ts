import { spawnSync } from 'node:child_process'
import { findDebianTool, findInNewerDebian, notRun } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { renderMetrics } from '../../src/exposition/render-metrics.ts'
import { STRATEGIES } from '../../src/exposition/strategy.ts'
import { recordHostile } from './hostile-metrics.ts'
import { countSamples, strictParser } from './strict-parser.ts'

const SEEDS = [2, 3]
const WAYS = STRATEGIES.flatMap(strategy =>
  ['underscores', 'dots', 'values'].map(escaping => [strategy, escaping] as const),
)

/** What promtool's linter may remark, and why: the page shows what the app recorded, under the names that it gave. */
const ALLOWED_REMARKS: Record<string, string> = {
  'counter metrics should have "_total" suffix': 'a strategy without suffixes adds none',
  'non-counter metrics should not have "_total" suffix': 'a gauge was named so',
  'non-histogram metrics should not have "_bucket" suffix': 'a counter was named so',
  'non-histogram and non-summary metrics should not have "_count" suffix': 'a counter was named so',
  'non-histogram and non-summary metrics should not have "_sum" suffix': 'a counter was named so',
  'non-histogram metrics should not have "le" label': 'an attribute was named so',
  'non-summary metrics should not have "quantile" label': 'an attribute was named so',
  "label names should be written in 'snake_case' not 'camelCase'": 'an attribute was named so',
  "metric names should not contain ':'": 'a view gave that name',
  'metric names should not contain abbreviated units': 'an instrument was named so',
  'use base unit "seconds" instead of "milliseconds"':
    'the instrument measures in them, and is never converted',
  'use base unit "bytes" instead of "kibibytes"': 'the instrument measures in them, and is never converted',
}

/** promtool's own words: what can't be read is 1, remarks of its linter are 3. */
function check(promtool: string, page: Buffer): { status: number | null; remarks: string[] } {
  const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], {
    input: page,
    encoding: 'utf8',
  })
  const lines = `${stdout}${stderr}`.split('\n').filter(line => line !== '')
  // The first word is the metric's name, which holds no blank.
  return { status, remarks: [...new Set(lines.map(line => line.slice(line.indexOf(' ') + 1)))] }
}

test.each([
  ['', () => findDebianTool('promtool', 'prometheus')],
  ['a newer ', () => findInNewerDebian('promtool', 'promtool')],
])(
  '%spromtool reads every hostile page, and remarks on nothing but names that the app gave',
  async (age, find) => {
    const promtool = await find()
    if (promtool === undefined) {
      notRun(`${age}promtool check metrics`, "Debian's package is not here and could not be had")
      return
    }
    const remarked = new Set<string>()
    for (const seed of SEEDS) {
      const { directory } = recordHostile(seed)
      for (const [translationStrategy, escaping] of WAYS) {
        const accept = `text/plain; version=0.0.4; escaping=${escaping}`
        const { body } = await renderMetrics(directory, { translationStrategy, accept })
        const { status, remarks } = check(promtool, body)
        const unknown = remarks.filter(remark => ALLOWED_REMARKS[remark] === undefined)
        expect([status, unknown], `${seed} ${translationStrategy} ${escaping}`).toEqual([3, []])
        for (const remark of remarks) remarked.add(remark)
      }
    }
    // Each is there: one that never comes up would only hide a fault.
    expect([...remarked].sort()).toEqual(Object.keys(ALLOWED_REMARKS).sort())
  },
  120_000,
)

test("Python's strict parser reads every sample of every hostile page", async context => {
  const parse = await strictParser()
  if (parse === undefined) return context.skip()
  const pages: { way: string; body: Buffer }[] = []
  for (const seed of SEEDS) {
    const { directory } = recordHostile(seed)
    for (const [translationStrategy, escaping] of WAYS) {
      const accept = `application/openmetrics-text; version=1.0.0; escaping=${escaping}`
      const options = { translationStrategy, accept, createdTimestamps: true }
      const { body } = await renderMetrics(directory, options)
      pages.push({ way: `${seed} ${translationStrategy} ${escaping}`, body })
    }
  }
  const parsed = parse(pages.map(({ body }) => body))
  pages.forEach(({ way, body }, index) => {
    const { complaint, families } = parsed[index]
    const samples = families.reduce((sum, family) => sum + family.samples, 0)
    expect([complaint, samples], way).toEqual(['', countSamples(body)])
    expect(samples).toBeGreaterThan(500)
    expect(families.some(({ type }) => type === 'histogram')).toBe(true)
  })
}, 120_000)
