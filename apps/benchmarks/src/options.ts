import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface Options {
  /** The Node binary that every measured process runs on. */
  node: string
  only: 'hot' | 'scrape' | undefined
  quick: boolean
  /** Where to write the report as Markdown; undefined prints it only. */
  out: string | undefined
}

export const usage: string = `Usage: npm run bench -- [options]

  --only hot|scrape   run one half: the hot path, or one scrape of many processes
  --quick             fewer rounds: a first look, not figures to publish
  --node <binary>     run every measured process on this Node (or BENCH_NODE)
  --out <file>        also write the report there, as Markdown
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
  if (values.only !== undefined && values.only !== 'hot' && values.only !== 'scrape') {
    throw new Error(`--only takes hot or scrape, not '${values.only}'`)
  }
  return {
    node: values.node ?? (env.BENCH_NODE || process.execPath),
    only: values.only,
    quick: values.quick,
    // npm runs this in its workspace; a relative path is meant from where npm was called.
    out: values.out && resolve(env.INIT_CWD ?? '', values.out),
  }
}
