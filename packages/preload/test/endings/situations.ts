import type { Running } from '../process.ts'

export interface Situation {
  name: string
  /** What Node is given. */
  args: string[]
  input?: string
  /** What is done to the app from outside, in this order, each when the app has said something. */
  steps?: [says: RegExp, act: (app: Running) => void][]
  /** Processes that end one after the other; each may wait for its own last push. One if not given. */
  processes?: number
}

const signal =
  (name: NodeJS.Signals) =>
  (app: Running): void => {
    app.process.kill(name)
  }

/** Nobody reads any more; when the app hears `go`, it writes. */
const closeAndContinue =
  (output: 'stdout' | 'stderr') =>
  (app: Running): void => {
    app.process[output]?.destroy()
    app.process.stdin?.write('go\n')
  }

const way = (name: string, steps: Situation['steps'] = [], flags: string[] = []): Situation => ({
  name: [...flags, name].join(' '),
  args: [...flags, 'apps/endings.cjs', name],
  steps,
})

/** The ways in which an app may end. */
export const situations: Situation[] = [
  way('has nothing left to do'),
  way('works a while'),
  way('calls process.exit'),
  way('calls process.exit while it works'),
  way('calls process.exit when it exits'),
  way('sets its exit code'),
  way('sets its exit code when it exits'),
  way('throws'),
  way('throws later'),
  way('handles what it throws'),
  way('throws in its handler of errors'),
  way('rejects'),
  way('rejects', [], ['--unhandled-rejections=warn']),
  way('rejects', [], ['--unhandled-rejections=strict']),
  way('handles what it rejects'),
  way('goes on before it exits'),
  way('aborts'),
  way('is killed'),
  { ...way('handles no signal', [[/ready/, signal('SIGTERM')]]), name: 'SIGTERM, handles no signal' },
  { ...way('handles no signal', [[/ready/, signal('SIGINT')]]), name: 'SIGINT, handles no signal' },
  { ...way('handles no signal', [[/ready/, signal('SIGHUP')]]), name: 'SIGHUP, handles no signal' },
  { ...way('handles signals', [[/ready/, signal('SIGTERM')]]), name: 'SIGTERM, handles signals' },
  { ...way('handles signals', [[/ready/, signal('SIGINT')]]), name: 'SIGINT, handles signals' },
  { ...way('handles signals', [[/ready/, signal('SIGHUP')]]), name: 'SIGHUP, handles signals' },
  way('exits in its handler', [[/ready/, signal('SIGTERM')]]),
  way('wants to be told twice', [
    [/ready/, signal('SIGTERM')],
    [/told 1/, signal('SIGTERM')],
  ]),
  way('handles a signal once', [
    [/ready/, signal('SIGTERM')],
    [/told once/, signal('SIGTERM')],
  ]),
  way('stops handling signals', [[/no longer/, signal('SIGTERM')]]),
  way('ends when nobody else handles the signal', [[/ready/, signal('SIGTERM')]]),
  way('throws while it ends', [[/ready/, signal('SIGTERM')]]),
  way('drains its server', [[/asked/, signal('SIGTERM')]]),
  { ...way('reads its input'), input: 'a line\n' },
  way('writes to a closed stdout', [[/ready/, closeAndContinue('stdout')]]),
  way('writes to a closed stderr', [[/ready/, closeAndContinue('stderr')]]),
  way('has a thread that exits'),
  way('has a thread that throws'),
  way('has a thread that is terminated'),
  { ...way('forks a child'), processes: 2 },
  { ...way('forks a child that is told to end'), processes: 2 },
  { ...way('has workers that exit'), processes: 3 },
  { ...way('disconnects its workers'), processes: 2 },
  { name: 'never settles', args: ['apps/never-settles.mjs'] },
  { name: '--eval', args: ['--eval', 'console.log("ready"); process.exitCode = 9'] },
  { name: '--print', args: ['--print', '"ready"'] },
  {
    name: 'a script from a pipe',
    args: ['-'],
    input: 'console.log("ready"); setTimeout(() => process.exit(2), 20)\n',
  },
]
