import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findDebianTool, findInNewerDebian, notRun } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { renderMetrics } from '../../src/exposition/render-metrics.ts'
import { STRATEGIES } from '../../src/exposition/strategy.ts'
import { recordHostile } from './hostile-metrics.ts'

const SEEDS = [1, 2, 3]
const ESCAPINGS = ['underscores', 'dots', 'values']
const PAGES = SEEDS.flatMap(seed =>
  STRATEGIES.flatMap(strategy => ESCAPINGS.map(escaping => [seed, strategy, escaping] as const)),
)

/**
 * What promtool's linter may remark, and whose choice it was. It is all about names that the app gave: the page shows
 * what was recorded. A remark that is not here is a fault of ours.
 */
const ALLOWED_REMARKS: Record<string, string> = {
  // Only what UnderscoreEscapingWithSuffixes and NoUTF8EscapingWithSuffixes add makes a counter end so.
  'counter metrics should have "_total" suffix': 'strategies without suffixes',
}

test('x', async () => {
  const promtools = [await findDebianTool('promtool', 'prometheus'), await findInNewerDebian('promtool', 'promtool')]
  const all = new Map<string, string>()
  for (const [seed, translationStrategy, escaping] of PAGES) {
    const { directory } = recordHostile(seed)
    const accept = `text/plain;version=0.0.4;escaping=${escaping}`
    const { body } = await renderMetrics(directory, { translationStrategy, accept })
    for (const promtool of promtools) {
      const { status, stdout, stderr } = spawnSync(promtool!, ['check', 'metrics'], { input: body, encoding: 'utf8' })
      for (const l of `${stdout}${stderr}`.split('\n')) { const i = l.indexOf(' '); all.set(l.slice(i + 1),  `${l.slice(0, i)} ${translationStrategy} ${escaping}`) }
    }
  }
  console.log([...all].map(e => e.join(' <- ')).join('\n'))
}, 300000)
