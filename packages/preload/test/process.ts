import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface Running {
  process: ChildProcess
  /** What the app printed so far. */
  stdout(): string
  stderr(): string
  /** Waits for text on one of its outputs; fails when the process ends first or it takes too long. */
  says(output: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpExecArray>
  /** Kills it; fails when a process that it started, and that writes to the same outputs, does not end with it. */
  stop(): Promise<void>
}

const folder = fileURLToPath(new URL('.', import.meta.url))

/** The environment of the tests, less what would configure the preload. */
export function cleanEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(OTEL|TUTTI|NODE_OPTIONS)/.test(name))
  return { ...Object.fromEntries(inherited), OTEL_EXPORTER_PROMETHEUS_PORT: '0', ...env }
}

/** Runs Node to its end, within 20 seconds. */
export async function run(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd: folder, env: cleanEnv(env), timeout: 20_000 })
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>,
  ])
  return { code, signal, stdout, stderr }
}

export function start(args: string[], env: NodeJS.ProcessEnv = {}, node: string = process.execPath): Running {
  const child = spawn(node, args, { cwd: folder, env: cleanEnv(env) })
  const outputs = { stdout: '', stderr: '' }
  child.stdout.on('data', data => {
    outputs.stdout += data
  })
  child.stderr.on('data', data => {
    outputs.stderr += data
  })
  // Not before all that it started has ended, too: its outputs are theirs.
  const closed = once(child, 'close')
  return {
    process: child,
    stdout: () => outputs.stdout,
    stderr: () => outputs.stderr,
    async says(output, pattern): Promise<RegExpExecArray> {
      for (let attempt = 0; attempt < 1_500; attempt++) {
        const found = pattern.exec(outputs[output])
        if (found !== null) return found
        if (child.exitCode !== null || child.signalCode !== null) break
        await new Promise(resolve => setTimeout(resolve, 20))
      }
      throw new Error(`${pattern} was not said:\n${outputs.stdout}\n${outputs.stderr}`)
    },
    async stop(): Promise<void> {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      const left = new Promise<never>((_, reject) => {
        setTimeout(reject, 20_000, new Error('processes that it started have not ended')).unref()
      })
      await Promise.race([closed, left])
    },
  }
}
