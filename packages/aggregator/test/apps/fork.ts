import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export interface App {
  readonly child: ChildProcess
  readonly output: () => string
  /** Resolves with the next message that has `key`. */
  message<T>(key: string): Promise<T>
  /** Sends the signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<void>
}

/** Starts one of the programs beside this file as a process of its own, on the built package. */
export function forkApp(
  name: string,
  env: Record<string, string | undefined> = {},
  execArgv: string[] = [],
): App {
  const path = fileURLToPath(new URL(name, import.meta.url))
  const child = fork(path, {
    env: { ...process.env, ...env },
    execArgv,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A process group of its own: at the end of the test all that it started ends with it, also what spins.
    detached: true,
  })
  let output = ''
  child.stdout?.on('data', chunk => (output += chunk))
  child.stderr?.on('data', chunk => (output += chunk))
  const ended = once(child, 'exit')
  const end = async (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal)
    await ended
  }
  onTestFinished(async () => {
    endGroup(child.pid)
    await ended
  })
  return {
    child,
    output: () => output,
    end,
    message: key =>
      new Promise((resolve, reject) => {
        const take = (message: Record<string, never>) => {
          if (key in message) settle(() => resolve(message[key]))
        }
        const miss = (code: number | null) =>
          settle(() => reject(new Error(`${name} ended (${code}) before it said ${key}: ${output}`)))
        const settle = (how: () => void) => {
          child.off('message', take)
          child.off('exit', miss)
          how()
        }
        child.on('message', take)
        child.on('exit', miss)
      }),
  }
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL')
  } catch {
    // All of it has ended.
  }
}
