import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A terminal of a reader: what one block changes (folder, variables, background jobs) holds for the next. */
export interface Shell {
  /** Runs commands and gives what they printed on both outputs, in order, and the last one's exit code. */
  run(commands: string): Promise<{ output: string; code: number }>
  /** What has been printed since the last commands began, also by what they left in the background. */
  printed(): string
  /** Ends it and everything that it started. */
  stop(): Promise<void>
}

export function startShell(folder: string, env: NodeJS.ProcessEnv): Shell {
  // A group of its own, so that what blocks leave in the background ends with it.
  const bash = spawn('bash', ['--noprofile', '--norc'], { cwd: folder, env, detached: true })
  const ended = once(bash, 'exit')
  let printed = ''
  let woken = () => {}
  for (const stream of [bash.stdout, bash.stderr])
    stream.setEncoding('utf8').on('data', text => {
      printed += text
      woken()
    })
  bash.once('exit', () => woken())
  let blocks = 0

  return {
    async run(commands) {
      const file = join(folder, `.block-${++blocks}`)
      const end = new RegExp(`\\n-- end of ${blocks}: (\\d+)\\n`)
      writeFileSync(file, commands)
      printed = ''
      bash.stdin.write(`. ${file} </dev/null 2>&1; printf '\\n-- end of ${blocks}: %s\\n' $?\n`)
      for (;;) {
        const [whole, code] = end.exec(printed) ?? []
        if (whole !== undefined) return { output: printed.replace(whole, ''), code: Number(code) }
        if (bash.exitCode !== null) throw new Error(`the shell has ended:\n${printed}`)
        await new Promise<void>(resolve => {
          woken = resolve
        })
      }
    },
    printed: () => printed,
    async stop() {
      try {
        process.kill(-bash.pid!, 'SIGKILL')
      } catch {
        // All of it has ended already.
      }
      await ended
    },
  }
}
