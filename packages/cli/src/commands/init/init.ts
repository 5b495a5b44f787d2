import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { describeChanges } from '@tutti/versions/doctor'
import { type InitPlan, planInit } from '@tutti/versions/init'
import { EXIT, type ExitCode } from '../../arguments/command.ts'
import { Failure } from '../../arguments/failure.ts'
import type { Given } from '../../arguments/given.ts'
import { VERSION } from '../../arguments/version.ts'
import { print, say } from '../../terminal/print.ts'
import { printable, printableLines } from '../../terminal/printable.ts'
import { good, heading } from '../../terminal/style.ts'

export async function run(given: Given): Promise<ExitCode> {
  const plan = read(given.operands[0] ?? '.')
  const { changes, directory, name, detected } = plan
  print(`${heading(printable(name))}: ${detected.join(', ')}`)
  if (changes.length === 0) {
    print(good('Tutti is there, nothing to change'))
    return EXIT.ok
  }
  print(printableLines(describeChanges(changes, directory)))
  if (given.isOn('dry-run')) return EXIT.ok
  if (!given.isOn('yes') && !(await isWanted(changes.length))) return EXIT.findings
  for (const { file, after } of changes) writeFileSync(file, after)
  print(report(plan))
  return EXIT.ok
}

function read(folder: string): InitPlan {
  try {
    // All packages are released together, so this one's version is the preload's.
    return planInit(folder, VERSION)
  } catch (error) {
    if (error instanceof RangeError) throw new Failure(error.message)
    throw error
  }
}

async function isWanted(count: number): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    say('nothing was written: there is no terminal to ask at. --yes writes it.')
    return false
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const closed = new Promise<string>(resolve => terminal.once('close', () => resolve('')))
  const answer = await Promise.race([
    terminal.question(`Write ${count} ${count === 1 ? 'file' : 'files'}? [y/N] `),
    closed,
  ])
  terminal.close()
  if (/^y(?:es)?$/i.test(answer.trim())) return true
  say('nothing was written.')
  return false
}

function report({ changes, steps, snippets }: InitPlan): string {
  return [
    good(`${changes.length} ${changes.length === 1 ? 'file' : 'files'} written`),
    ...steps.map(printable),
    'Then start it: its first line on stderr says where the page is. `tutti doctor` tells whether anything is left.',
    ...snippets.flatMap(({ title, text }) => [
      '',
      `${heading(title)}, if it has one elsewhere:`,
      text.trimEnd().replaceAll(/^/gm, '  '),
    ]),
  ].join('\n')
}
