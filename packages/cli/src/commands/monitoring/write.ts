import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { MonitoringFile } from '@tutti/monitoring'
import { EXIT, type ExitCode } from '../../arguments/command.ts'
import { Failure } from '../../arguments/failure.ts'
import type { Given } from '../../arguments/given.ts'
import { print, say } from '../../terminal/print.ts'

/** Writes the files below `--out`, or with `--check` compares them with what is there. */
export function writeFiles(given: Given, job: string, files: readonly MonitoringFile[]): ExitCode {
  const out = given.text('out') ?? 'monitoring'
  const left = leftOver(out, job, files)
  if (given.isOn('check')) return check(out, files, left)
  for (const { path, text } of files) {
    write(join(out, path), text)
    print(join(out, path))
  }
  for (const path of left) say(`tutti: ${path} is not made any more. Remove it.`)
  return EXIT.ok
}

function check(out: string, files: readonly MonitoringFile[], left: readonly string[]): ExitCode {
  const findings = files.flatMap(({ path, text }) => {
    const there = read(join(out, path))
    if (there === text) return []
    return [`${join(out, path)} ${there === undefined ? 'is missing' : 'differs'}`]
  })
  findings.push(...left.map(path => `${path} is not made any more`))
  if (findings.length === 0) {
    print(`${files.length} files, each as it is made`)
    return EXIT.ok
  }
  for (const finding of findings) print(finding)
  say('tutti: make them again with the same command without --check.')
  return EXIT.findings
}

/** Files of this job in the folders that are written to. */
function leftOver(out: string, job: string, files: readonly MonitoringFile[]): string[] {
  const made = new Set(files.map(({ path }) => join(out, path)))
  const folders = [...new Set(files.map(({ path }) => dirname(join(out, path))))]
  return folders
    .flatMap(folder => namesIn(folder).map(name => join(folder, name)))
    .filter(path => !made.has(path) && path.startsWith(join(dirname(path), `${job}.`)))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw unusable(folder, error)
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw unusable(path, error)
  }
}

function write(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } catch (error) {
    throw unusable(path, error)
  }
}

function unusable(path: string, error: unknown): Failure {
  return new Failure(`${path} can't be used: ${(error as Error).message}. Give another folder with --out.`)
}
