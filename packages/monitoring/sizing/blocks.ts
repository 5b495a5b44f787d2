import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findDebianTool } from '@tutti/test-servers'
import { samplesOf, say } from './page.ts'

const scrapeIntervalSeconds = 15

/** Pages become a block of Prometheus' database as if they had been scraped 15 seconds apart. */
export async function describeBlocks(pages: string[]): Promise<void> {
  const promtool = await findDebianTool('promtool', 'prometheus')
  if (promtool === undefined) return say('bytes a sample in Prometheus', 'not measured: promtool is not here')
  const work = mkdtempSync(join(tmpdir(), 'tutti-sizing-'))
  const startSeconds = 1_767_225_600
  const byFamily = new Map<string, string[]>()
  pages.forEach((text, index) => {
    let family = ''
    for (const line of text.split('\n')) {
      if (line.startsWith('# TYPE')) family = line
      if (line === '' || line.startsWith('#')) continue
      const sample = line.replace(/ # .*$/, '')
      const lines = byFamily.get(family) ?? []
      byFamily.set(family, lines)
      lines.push(`${sample} ${startSeconds + index * scrapeIntervalSeconds}`)
    }
  })
  const text = [...byFamily].flatMap(([family, lines]) => [family, ...lines.sort(bySeries)]).join('\n')
  writeFileSync(join(work, 'pages.txt'), `${text}\n# EOF\n`)
  execFileSync(
    promtool,
    ['tsdb', 'create-blocks-from', 'openmetrics', join(work, 'pages.txt'), join(work, 'data')],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const samples = pages.reduce((total, each) => total + samplesOf(each).length, 0)
  for (const block of readdirSync(join(work, 'data'))) {
    const folder = join(work, 'data', block)
    for (const chunk of readdirSync(join(folder, 'chunks')))
      say('chunk bytes', statSync(join(folder, 'chunks', chunk)).size)
    say('index bytes', statSync(join(folder, 'index')).size)
  }
  say('samples in the block', samples)
  rmSync(work, { recursive: true, force: true })
}

/** Of one series the samples stay in order of time: the sort is stable. */
function bySeries(a: string, b: string): number {
  const [first, second] = [seriesOf(a), seriesOf(b)]
  return first < second ? -1 : first > second ? 1 : 0
}

function seriesOf(line: string): string {
  return line.slice(0, line.lastIndexOf(' ', line.lastIndexOf(' ') - 1))
}
