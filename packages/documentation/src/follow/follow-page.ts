import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '@tutti/test-servers'
import { type CodeBlock, readPage } from '../pages/read-page.ts'
import type { Registry } from '../registry/start-registry.ts'
import { differences } from './differences.ts'
import { isListening } from './listening.ts'
import { type Shell, startShell } from './shell.ts'

export interface Followed {
  /** Commands that were run, files that were written, and outputs that were compared. */
  readonly steps: { ran: number; wrote: number; compared: number }
  /** What a page promised and did not hold, each as text for people. */
  readonly problems: string[]
}

const PATIENCE_MS = 120_000

/**
 * Does what a page says, to the letter, in an empty folder: `sh` is run, a block with a file's name is written, and
 * `text` is what the commands before it print, `…` standing for anything. Lines may come among others, and only what is
 * asked for again may change: a block whose output is shown is repeated until it is, for at most two minutes.
 * Ports are others than on the page, because tests run beside each other.
 */
export async function followPage(path: string, registry: Registry): Promise<Followed> {
  const page = readPage(path)
  const folder = mkdtempSync(join(tmpdir(), 'tutti-follow-'))
  const ports = await otherPorts(page.blocks)
  const blocks = page.blocks.map(block => ({ ...block, text: withPorts(block.text, ports) }))
  const shell = startShell(folder, environment(folder, registry, ports))
  const steps = { ran: 0, wrote: 0, compared: 0 }
  const problems: string[] = []
  try {
    for (const [index, block] of blocks.entries()) {
      if (block.meta.includes('.')) {
        await write(shell, block)
        steps.wrote++
      } else if (block.language === 'sh') {
        const shown = blocks[index + 1]
        const expected = shown?.language === 'text' ? shown.text : undefined
        problems.push(...(await runBlock(shell, block, expected, [...ports.values()])))
        steps.ran++
        if (expected !== undefined) steps.compared++
      }
      if (problems.length > 0) break
    }
    return { steps, problems }
  } finally {
    await shell.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

async function write(shell: Shell, { meta, text }: CodeBlock): Promise<void> {
  const { output } = await shell.run('pwd')
  const file = join(output.trim(), meta)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${text}\n`)
}

async function runBlock(
  shell: Shell,
  { where, text }: CodeBlock,
  expected: string | undefined,
  ports: string[],
): Promise<string[]> {
  const leavesServer = /&\s*(#.*)?$/m.test(text.replaceAll('&&', ''))
  const until = Date.now() + PATIENCE_MS
  let { output, code } = await shell.run(text)
  if (leavesServer) await untilListening(ports, until)
  for (;;) {
    if (leavesServer) output = shell.printed()
    const missing = expected === undefined ? [] : differences(expected, output)
    if (missing.length === 0 && (code === 0 || expected !== undefined)) return []
    if (expected === undefined || Date.now() > until)
      return [`${where}: exit code ${code}\n${missing.join('\n')}\nin the output:\n${output}`]
    await wait(500)
    if (!leavesServer) ({ output, code } = await shell.run(text))
  }
}

/** Whatever a block starts, the next one asks for: it has to be there. */
async function untilListening(ports: string[], until: number): Promise<void> {
  while (Date.now() < until) {
    const listening = await Promise.all(ports.map(port => isListening(Number(port))))
    if (listening.every(Boolean)) return
    await wait(100)
  }
}

/** A free port for each that commands on the page name. */
async function otherPorts(blocks: readonly CodeBlock[]): Promise<Map<string, string>> {
  const commands = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text)
  const named = ['3000', '9464'].filter(port => commands.some(text => text.includes(port)))
  return new Map(await Promise.all(named.map(async port => [port, `${await freePort()}`] as const)))
}

function withPorts(text: string, ports: Map<string, string>): string {
  return text.replaceAll(/\b(3000|9464)\b/g, port => ports.get(port)!)
}

/** As little as a reader has, with the Node that runs this. */
function environment(folder: string, registry: Registry, ports: Map<string, string>): NodeJS.ProcessEnv {
  const system = (process.env.PATH ?? '').split(delimiter).filter(each => !each.includes('node_modules'))
  return {
    PATH: [dirname(process.execPath), ...system].join(delimiter),
    HOME: folder,
    NO_COLOR: '1',
    ...(ports.has('3000') && { PORT: ports.get('3000') }),
    ...(ports.has('9464') && { OTEL_EXPORTER_PROMETHEUS_PORT: ports.get('9464') }),
    npm_config_registry: registry.url,
    npm_config_cache: registry.cache,
    // What one page had installed the next need not ask for again.
    ...{ npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_update_notifier: 'false' },
  }
}
