import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { plainEnvironment } from './command.ts'

export interface App {
  output(): string
  /** Waits, at most half a minute. */
  says(pattern: RegExp): Promise<RegExpExecArray>
  /** Its exit code, when it ends by itself. */
  ended(): Promise<number | null>
  kill(): void
}

/** Starts the service of a folder, with a page on a port that nobody has. */
export function startApp(folder: string, node: string, env: NodeJS.ProcessEnv): App {
  const child = spawn(node, ['--require', '@tutti/preload', 'app.cjs'], {
    cwd: folder,
    env: { ...plainEnvironment(), OTEL_SERVICE_NAME: 'smoke', OTEL_EXPORTER_PROMETHEUS_PORT: '0', ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', data => {
      output += data
    })
  }
  const closed = once(child, 'close') as Promise<[number | null]>
  return {
    output: () => output,
    async says(pattern: RegExp): Promise<RegExpExecArray> {
      for (let attempt = 0; attempt < 1_500; attempt++) {
        const found = pattern.exec(output)
        if (found !== null) return found
        if (child.exitCode !== null || child.signalCode !== null) break
        await new Promise(resolve => setTimeout(resolve, 20))
      }
      throw new Error(`${pattern} was not said:\n${output}`)
    },
    ended: async () => (await closed)[0],
    kill: () => child.kill('SIGKILL'),
  }
}

/** Without keeping the connection, so that the app may end. */
export async function get(url: string): Promise<string> {
  const response = await fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(30_000) })
  return await response.text()
}
