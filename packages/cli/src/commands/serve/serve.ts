import { resolve } from 'node:path'
import { EXIT, type ExitCode } from '../../arguments/command.ts'
import { Failure } from '../../arguments/failure.ts'
import type { Given } from '../../arguments/given.ts'
import { say } from '../../terminal/print.ts'
import { untilSignal } from '../../terminal/until-signal.ts'
import { exposerOptions } from './exposer-options.ts'
import { Sidecar } from './sidecar.ts'

const LOOK_INTERVAL_MS = 250

/** Serves until a signal comes, or with `--linger` until the last writer has been gone for so long. */
export async function run(given: Given): Promise<ExitCode> {
  const named = given.operands[0] ?? given.text('directory')
  if (named === undefined)
    throw new Failure(
      'no directory is named. Name the one that the app has as TUTTI_DIR: tutti serve /run/tutti.',
    )
  const lingerSeconds = given.number('linger', { min: 0, max: 1e6, whole: false })
  const sidecar = new Sidecar({
    directory: resolve(named),
    lingerMs: lingerSeconds === undefined ? undefined : lingerSeconds * 1_000,
    options: exposerOptions(given),
    say: line => say(`tutti: ${line}`),
  })
  const ended = untilSignal()
  do await sidecar.look()
  while (!sidecar.isOver && !(await ended.within(LOOK_INTERVAL_MS)))
  await sidecar.close()
  return EXIT.ok
}
