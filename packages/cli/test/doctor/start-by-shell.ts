import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished } from 'vitest'
import { cleanEnv } from '../process.ts'

/** As npm runs a script: by the shell, with what is installed on the path. It ends with the test. */
export function startByShell(
  line: string,
  cwd: string,
  bin: string,
): { says(pattern: RegExp): Promise<RegExpExecArray> } {
  const env = cleanEnv({ PATH: `${bin}:${process.env.PATH}`, OTEL_EXPORTER_PROMETHEUS_PORT: '0', PORT: '0' })
  // Its own group: tsx starts Node as a process of its own.
  const child: ChildProcess = spawn('sh', ['-c', line], { cwd, env, detached: true })
  const exited = once(child, 'exit')
  let said = ''
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', data => {
      said += data
    })
  }
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL')
    await exited
  })
  return {
    async says(pattern) {
      await expect.poll(() => said, { timeout: 60_000 }).toMatch(pattern)
      return pattern.exec(said)!
    },
  }
}
