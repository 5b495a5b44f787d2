import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { findDebianTool, notRun } from '@tutti/test-servers'
import { onTestFinished, type TestContext } from 'vitest'
import { cleanEnv } from './process.ts'

/** A real terminal: one that tmux draws, with a shell in it. */
export interface Terminal {
  /** A line, with Enter. */
  type(line: string): Promise<void>
  /** One key, by tmux' name. */
  press(key: string): Promise<void>
  /** Waits, at most 10 s, until the screen matches; the screen. */
  shows(pattern: RegExp): Promise<string>
  resize(columns: number, rows: number): Promise<void>
  /** Whether there is a cursor, and whether the alternate screen is shown. */
  state(): Promise<{ cursor: string; alternate: string }>
  /** Sends a signal to the process in front of the shell. */
  signal(signal: NodeJS.Signals): Promise<void>
}

/** Opens one that ends with the test. Undefined, with the test skipped, where there is no tmux. */
export async function openTerminal(
  context: TestContext,
  { columns, rows }: { columns: number; rows: number },
): Promise<Terminal | undefined> {
  const tmux = await findDebianTool('tmux', 'tmux')
  if (tmux === undefined) {
    notRun(context.task.name, 'tmux is not installed and can not be')
    context.skip()
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'tutti-terminal-'))
  const PATH = `${dirname(process.execPath)}:${process.env.PATH}`
  const env = { ...cleanEnv({ PATH, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', PS1: '$ ' }), TMUX: undefined }
  const run = async (...args: string[]) =>
    (await promisify(execFile)(tmux, ['-S', join(folder, 'socket'), '-f', '/dev/null', ...args], { env }))
      .stdout
  await run('new-session', '-d', '-x', String(columns), '-y', String(rows), 'sh -m')
  onTestFinished(async () => {
    await run('kill-server').catch(() => {})
    rmSync(folder, { recursive: true, force: true })
  })
  const ask = async (format: string) => (await run('display-message', '-p', format)).trim()
  return {
    async type(line) {
      await run('send-keys', '-l', line)
      await run('send-keys', 'Enter')
    },
    async press(key) {
      await run('send-keys', key)
    },
    async shows(pattern) {
      let screen = ''
      for (let attempt = 0; attempt < 200; attempt++) {
        screen = await run('capture-pane', '-p')
        if (pattern.test(screen)) return screen
        await new Promise(resolve => setTimeout(resolve, 50))
      }
      throw new Error(`${pattern} is not on the screen:\n${screen}`)
    },
    async resize(to, high) {
      await run('resize-window', '-x', String(to), '-y', String(high))
    },
    async state() {
      const [cursor, alternate] = (await ask('#{cursor_flag} #{alternate_on}')).split(' ')
      return { cursor, alternate }
    },
    async signal(signal) {
      const { stdout } = await promisify(execFile)('ps', ['-o', 'tpgid=', '-p', await ask('#{pane_pid}')])
      process.kill(Number(stdout), signal)
    },
  }
}
