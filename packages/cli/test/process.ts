import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly process: ChildProcess
  stdout(): string
  stderr(): string
  /** Waits, at most 20 s, for text on one of its outputs. */
  says(output: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpExecArray>
  /** Its exit code, when it ends by itself. */
  ended(): Promise<number | null>
  /** Ends it with a signal; its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

const folder = fileURLToPath(new URL('.', import.meta.url))
export const MAIN: string = fileURLToPath(new URL('../dist/main.mjs', import.meta.url))

/** Runs `tutti` to its end. */
export async function tutti(args: string[], env: NodeJS.ProcessEnv = {}, input: string = ''): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env: cleanEnv(env), timeout: 20_000 })
  child.stdin.end(input)
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ])
  return { code, stdout, stderr }
}

export function startTutti(args: string[], env: NodeJS.ProcessEnv = {}): Running {
  return start([MAIN, ...args], env)
}

/** Starts Node with an app of `test/apps`; it has a channel for messages. */
export function start(args: string[], env: NodeJS.ProcessEnv = {}): Running {
  const stdio = ['ignore', 'pipe', 'pipe', 'ipc'] as const
  const child = spawn(process.execPath, args, { cwd: folder, env: cleanEnv(env), stdio: [...stdio] })
  const outputs = { stdout: '', stderr: '' }
  child.stdout?.on('data', data => {
    outputs.stdout += data
  })
  child.stderr?.on('data', data => {
    outputs.stderr += data
  })
  const ended = once(child, 'exit') as Promise<[number | null]>
  return {
    process: child,
    stdout: () => outputs.stdout,
    stderr: () => outputs.stderr,
    async says(output, pattern) {
      for (let attempt = 0; attempt < 1_000; attempt++) {
        const found = pattern.exec(outputs[output])
        if (found !== null) return found
        if (child.exitCode !== null || child.signalCode !== null) break
        await new Promise(resolve => setTimeout(resolve, 20))
      }
      throw new Error(`${pattern} was not said:\n${outputs.stdout}\n${outputs.stderr}`)
    },
    ended: async () => (await ended)[0],
    async stop(signal = 'SIGKILL') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      return (await ended)[0]
    },
  }
}

/** The environment of the tests, less what would configure us. */
export function cleanEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(OTEL|TUTTI|NODE_OPTIONS|NO_COLOR|FORCE_COLOR)/.test(name),
  )
  return { ...Object.fromEntries(inherited), ...env }
}
