import { EXIT, type ExitCode } from '../../arguments/command.ts'
import { Failure } from '../../arguments/failure.ts'
import { say } from '../../terminal/print.ts'
import { dim } from '../../terminal/style.ts'
import { untilSignal } from '../../terminal/until-signal.ts'

export interface WatchOptions {
  readonly intervalSeconds: number
  readonly title: string
  readonly isJson: boolean
}

/** Shows it until a signal ends it. A source that is away for a while is waited for, once it was there. */
export async function watch(show: () => Promise<unknown>, options: WatchOptions): Promise<ExitCode> {
  const { intervalSeconds, title, isJson } = options
  const ended = untilSignal()
  const isScreen = process.stdout.isTTY === true && !isJson
  for (let round = 0; ; round++) {
    if (isScreen) process.stdout.write('\x1b[H\x1b[2J')
    if (!isJson) process.stdout.write(`${dim(`${title}  ${new Date().toLocaleTimeString()}`)}\n`)
    try {
      await show()
    } catch (error) {
      if (round === 0 || !(error instanceof Failure)) throw error
      say(`tutti: ${error.message}`)
    }
    if (await ended.within(intervalSeconds * 1_000)) return EXIT.ok
  }
}
