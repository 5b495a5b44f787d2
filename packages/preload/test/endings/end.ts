import { once } from 'node:events'
import { type Ended, start } from '../process.ts'
import type { Situation } from './situations.ts'

export interface TimedEnd extends Ended {
  /** From the app's last word before it was told to end, or its first one, to its last breath; 0 if it said none. */
  durationMs: number
}

/** Runs one situation to its end, within 60 seconds. */
export async function end(situation: Situation, flags: string[], env: NodeJS.ProcessEnv): Promise<TimedEnd> {
  const app = start([...flags, ...situation.args], env)
  const deadline = setTimeout(() => app.process.kill('SIGKILL'), 60_000)
  let begin: number | undefined
  app.process.stdout?.once('data', () => {
    begin = performance.now()
  })
  const closed = once(app.process, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  if (situation.input !== undefined) app.process.stdin?.end(situation.input)
  for (const [says, act] of situation.steps ?? []) {
    await app.says('stdout', says)
    begin = performance.now()
    act(app)
  }
  app.process.stdin?.end()
  const [code, signal] = await closed
  clearTimeout(deadline)
  const durationMs = begin === undefined ? 0 : performance.now() - begin
  return { code, signal, stdout: app.stdout(), stderr: ownLines(app.stderr()), durationMs }
}

/** The app's own: without our lines, native stacks, pids, and of a stack only what is the app's. */
function ownLines(stderr: string): string {
  return stderr
    .split('\n')
    .filter(line => !line.startsWith('tutti: '))
    .filter(line => !/^ +(?:\^|at (?!.*test.apps))/.test(line))
    .filter(line => !/^ *\d+: |^-+ (?:Native|JavaScript) stack trace/.test(line))
    .map(line => line.replace(/^\(node:\d+\)/, '(node)').replace(/(?:[:\w]*\(anonymous\)|Object\.\S+) ?/, ''))
    .join('\n')
}
