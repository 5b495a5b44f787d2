import { writeFileSync } from 'node:fs'
import {
  type ChangedFile,
  CODES,
  type Code,
  describeChanges,
  type Examination,
  type ExamineOptions,
  examine,
  type Finding,
  planFixes,
  toSarif,
} from '@tutti/versions/doctor'
import { EXIT, type ExitCode } from '../../arguments/command.ts'
import { Failure } from '../../arguments/failure.ts'
import type { Given } from '../../arguments/given.ts'
import { VERSION } from '../../arguments/version.ts'
import { print, printJson, say } from '../../terminal/print.ts'
import { printableLines } from '../../terminal/printable.ts'
import { Progress } from '../../terminal/progress.ts'
import { examinationText } from './examination-text.ts'

export async function run(given: Given): Promise<ExitCode> {
  const folder = given.operands[0] ?? '.'
  const failOn = given.text('fail-on') ?? 'warning'
  if (given.isOn('json') && given.isOn('sarif'))
    throw new Failure('--json and --sarif are one too many. Give one.')
  const options = { ...readSet(given), ignore: readIgnored(given) }
  let examination = await look(folder, options)
  // To stderr where stdout is for a machine.
  const tell = given.isOn('json') || given.isOn('sarif') ? say : print
  if (given.isOn('dry-run'))
    tell(changesText(planOf(examination), examination) || 'nothing to be mended safely')
  else if (given.isOn('fix')) {
    // Two mends of one file may have to wait for each other.
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const changes = planOf(examination)
      if (changes.length === 0) break
      for (const { file, after } of changes) writeFileSync(file, after)
      tell(changesText(changes, examination))
      examination = await look(folder, options)
    }
  }
  if (given.isOn('json')) printJson(examination)
  else if (given.isOn('sarif')) printJson(toSarif(examination, VERSION))
  else if (!given.isOn('dry-run')) print(examinationText(examination))
  const findings = examination.services.flatMap(each => each.findings)
  return findings.some(({ severity }) => isGrave(severity, failOn)) ? EXIT.findings : EXIT.ok
}

const MAX_ROUNDS = 3

function planOf({ services }: Examination): ChangedFile[] {
  return planFixes(services.flatMap(({ findings }) => findings))
}

function changesText(changes: readonly ChangedFile[], { directory }: Examination): string {
  return printableLines(describeChanges(changes, directory))
}

async function look(folder: string, options: ExamineOptions): Promise<Examination> {
  const progress = new Progress()
  const onService = (name: string, number: number, count: number) =>
    progress.step(`${number} of ${count}  ${name}`)
  try {
    return await examine(folder, { ...options, onService })
  } catch (error) {
    if (error instanceof RangeError) throw new Failure(error.message)
    throw error
  } finally {
    progress.end()
  }
}

function readSet(given: Given): { set?: string } {
  const set = given.text('set')
  return set === undefined ? {} : { set }
}

function readIgnored(given: Given): Code[] {
  return given.list('ignore').map(each => {
    const code = CODES.find(known => known === each.toUpperCase())
    if (code !== undefined) return code
    throw new Failure(`--ignore is ${JSON.stringify(each)}. Give one of ${CODES.join(', ')}.`)
  })
}

const SEVERITIES: readonly string[] = ['note', 'warning', 'error']

function isGrave(severity: Finding['severity'], failOn: string): boolean {
  return failOn !== 'never' && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(failOn)
}
