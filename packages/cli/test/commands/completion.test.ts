import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findDebianTool, notRun } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { tutti } from '../process.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const run = promisify(execFile)

async function scriptFor(shell: string): Promise<string> {
  const { stdout } = await tutti(['completion', shell])
  const path = join(temporaryDirectory(), 'script')
  writeFileSync(path, stdout)
  return path
}

test('bash completes commands, options and their values', async () => {
  const script = await scriptFor('bash')
  const complete = async (...words: string[]) => {
    const ask = `. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tutti; printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout } = await run('bash', ['--norc', '-c', ask, script, ...words])
    return stdout.trim().split('\n')
  }
  expect(await complete('tutti', 's')).toEqual(['show', 'serve'])
  expect(await complete('tutti', 'help', 'in')).toEqual(['inspect', 'init'])
  expect(await complete('tutti', 'doctor', '--fail-on', 'n')).toEqual(['note', 'never'])
  expect(await complete('tutti', 'serve', '--web')).toEqual(['--web-config-file'])
  expect(await complete('tutti', 'top', '--sort', '')).toEqual(['rate', 'errors', 'p95', 'total'])
  expect(await complete('tutti', 'completion', 'z')).toEqual(['zsh'])
  expect(await complete('tutti', 'rules', '--thr')).toEqual(['--threshold'])
  expect(await complete('tutti', 'da')).toEqual(['dashboards'])
  // Then bash offers files.
  expect(await complete('tutti', 'inspect', '')).toEqual([''])
})

test('zsh takes its script and completes commands', async context => {
  const zsh = await findDebianTool('zsh', 'zsh')
  if (zsh === undefined) {
    notRun('completion in zsh', 'zsh is not installed and can not be')
    return context.skip()
  }
  const script = await scriptFor('zsh')
  // Outside of a terminal zsh completes nothing: what would be offered is what these two are given.
  const stubs =
    'compdef() { print "for $2" }; _describe() { print -l $commands }; _arguments() { print -l -- "$@" }'
  const ask = `${stubs}; . "$1"; CURRENT=2; words=(tutti s); _tutti; CURRENT=4; words=(tutti top --sort ""); _tutti`
  const { stdout, stderr } = await run(zsh, ['-f', '-c', ask, 'zsh', script])
  expect(stderr).toBe('')
  const lines = stdout.split('\n')
  expect(lines[0]).toBe('for tutti')
  expect(lines).toContain('show:the metrics of a service as a table')
  expect(lines).toContain('--sort[What routes are sorted by.]:<column>:(rate errors p95 total)')
})

test('another shell is refused', async () => {
  const { code, stderr } = await tutti(['completion', 'fish'])
  expect([code, stderr]).toEqual([2, 'tutti: "fish" is not known. Give bash or zsh.\n'])
})
