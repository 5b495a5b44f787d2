import { readFileSync, writeFileSync } from 'node:fs'
import { writeCharts } from './charts/write-charts.ts'
import { runCrowd } from './crowd/run.ts'
import { runFormats } from './formats/run.ts'
import { runGrowth } from './growth/run.ts'
import { runHotPath } from './hot-path/run.ts'
import { findLoadGenerator } from './load/load.ts'
import { describeMachine } from './machine.ts'
import { runMemory } from './memory/run.ts'
import { type Options, type Part, readOptions, usage } from './options.ts'
import { runPython } from './python/run.ts'
import { report } from './report.ts'
import { runScrape } from './scrape/run.ts'
import { keepSections } from './sections.ts'
import { runStartUp } from './start-up/run.ts'
import { runThroughput } from './throughput/run.ts'

await main(readOptions(process.argv.slice(2)))

async function main(options: Options | 'help'): Promise<void> {
  if (options === 'help') return console.log(usage)
  const machine = describeMachine(options.node)
  /** Progress goes to stderr, so that stdout is the report and nothing else. */
  const step = async <T>(part: Part, run: () => Promise<T>): Promise<T | undefined> => {
    if (!options.parts.includes(part)) return undefined
    const start = performance.now()
    process.stderr.write(`${part} ...\n`)
    const result = await run()
    process.stderr.write(`${part}: ${((performance.now() - start) / 1000).toFixed(0)} s\n`)
    return result
  }
  const results = {
    machine,
    hotPath: await step('hot', () => runHotPath(options, machine)),
    crowd: await step('crowd', () => runCrowd(options)),
    scrape: await step('scrape', () => runScrape(options)),
    growth: await step('growth', () => runGrowth(options)),
    formats: await step('formats', () => runFormats(options)),
    python: await step('python', () => runPython(options)),
    startUp: await step('start-up', () => runStartUp(options, machine.pinnedCore)),
    memory: await step('memory', async () =>
      runMemory(options, machine, await findLoadGenerator(options.node)),
    ),
    throughput: await step('throughput', async () =>
      runThroughput(options, machine, await findLoadGenerator(options.node)),
    ),
  }
  const text = report(results)
  console.log(text)
  if (options.out === undefined) return
  writeFileSync(options.out, `${keepSections(readOld(options.out), text).trimEnd()}\n`)
  if (results.growth) writeCharts(options.out, results.growth)
}

function readOld(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
