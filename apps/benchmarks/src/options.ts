import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** What can be measured alone. */
export const parts = [
  'hot',
  'crowd',
  'scrape',
  'growth',
  'formats',
  'python',
  'start-up',
  'memory',
  'throughput',
] as const
export type Part = (typeof parts)[number]

export interface Options {
  /** The Node binary that every measured process runs on. */
  node: string
  parts: readonly Part[]
  quick: boolean
  /** Where to write the report as Markdown; undefined prints it only. */
  out: string | undefined
}

export const usage: string = `Usage: npm run bench -- [options]

  --only <parts>      run these parts, between commas: ${parts.join(', ')}
  --quick             fewer rounds: a first look, not figures to publish
  --node <binary>     run every measured process on this Node (or BENCH_NODE)
  --out <file>        also write the report there, as Markdown; parts that were not run stay as they are there
  --help`

export function readOptions(args: string[], env: NodeJS.ProcessEnv = process.env): Options | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      node: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  return {
    node: values.node ?? (env.BENCH_NODE || process.execPath),
    parts: values.only === undefined ? parts : values.only.split(',').map(readPart),
    quick: values.quick,
    // npm runs this in its workspace; a relative path is meant from where npm was called.
    out: values.out && resolve(env.INIT_CWD ?? '', values.out),
  }
}

function readPart(text: string): Part {
  const part = parts.find(each => each === text.trim())
  if (part === undefined) throw new Error(`--only takes ${parts.join(', ')}, not '${text}'`)
  return part
}
