import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Processes that write, and that are ended with {@link end}. */
export class Writers {
  readonly children: ChildProcess[] = []
  readonly #env: NodeJS.ProcessEnv

  constructor(directory: string, series: number) {
    this.#env = { ...process.env, TEST_DIRECTORY: directory, TEST_SERIES: String(series) }
  }

  /** Starts so many, a few at a time, and waits until they have all their series. */
  async start(count: number): Promise<void> {
    for (let started = 0; started < count; started += AT_ONCE) {
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, count - started) }, async () => {
          const child = fork(PROGRAM, { env: this.#env, execArgv: [] })
          this.children.push(child)
          await once(child, 'message')
        }),
      )
    }
  }

  /** Tells all of them, and waits for what they answer. */
  async tell<T>(message: string, answers: boolean): Promise<T[]> {
    return Promise.all(
      this.children.map(async child => {
        const answer = answers ? once(child, 'message') : Promise.resolve([])
        child.send(message)
        return (await answer)[0] as T
      }),
    )
  }

  async end(): Promise<void> {
    const living = this.children.filter(child => child.exitCode === null && child.signalCode === null)
    await Promise.all(
      living.map(async child => {
        const exited = once(child, 'exit')
        child.kill('SIGKILL')
        await exited
      }),
    )
  }
}

const AT_ONCE = 4
const PROGRAM = fileURLToPath(new URL('../../test/apps/loads.ts', import.meta.url))
