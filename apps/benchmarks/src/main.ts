import { writeFileSync } from 'node:fs'
import { runHotPath } from './hot-path/run.ts'
import { describeMachine } from './machine.ts'
import { type Options, readOptions, usage } from './options.ts'
import { report } from './report.ts'
import { runScrape } from './scrape/run.ts'

await main(readOptions(process.argv.slice(2)))

async function main(options: Options | 'help'): Promise<void> {
  if (options === 'help') return console.log(usage)
  const machine = describeMachine(options.node)
  const hotPath = options.only === 'scrape' ? undefined : await step('hot path', runHotPath(options, machine))
  const scrape = options.only === 'hot' ? undefined : await step('scrape', runScrape(options))
  const text = report({ machine, hotPath, scrape })
  console.log(text)
  if (options.out !== undefined) writeFileSync(options.out, `${text.trimEnd()}\n`)
}

/** Progress goes to stderr, so that stdout is the report and nothing else. */
async function step<T>(name: string, running: Promise<T>): Promise<T> {
  const start = performance.now()
  process.stderr.write(`${name} ...\n`)
  const result = await running
  process.stderr.write(`${name}: ${((performance.now() - start) / 1000).toFixed(0)} s\n`)
  return result
}
