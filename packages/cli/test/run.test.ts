import { expect, test } from 'vitest'
import { tutti } from './process.ts'

const COMMANDS = [
  'show',
  'top',
  'serve',
  'inspect',
  'lint',
  'exercise',
  'dashboards',
  'rules',
  'doctor',
  'init',
  'versions',
  'completion',
]

test('help lists every command, and tells of each one', async () => {
  const { code, stdout } = await tutti(['--help'])
  expect(code).toBe(0)
  const listed = [...stdout.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name]) => name)
  expect(listed.filter(name => name !== 'tutti')).toEqual(COMMANDS)
  const pages = await Promise.all(COMMANDS.map(name => tutti(['help', name])))
  for (const [index, page] of pages.entries()) {
    expect(page.code).toBe(0)
    expect(page.stdout).toMatch(new RegExp(`^tutti ${COMMANDS[index]}: `))
    expect(page.stdout).toContain('\nExamples\n')
  }
})

test('--help of a command is what help tells of it', async () => {
  const [long, asked] = await Promise.all([tutti(['show', '--help']), tutti(['help', 'show'])])
  expect(long).toEqual(asked)
})

test('a typing error is answered with what may have been meant, and exit code 2', async () => {
  const [command, option, wild] = await Promise.all([
    tutti(['shwo']),
    tutti(['show', '--nmae', 'x']),
    tutti(['frobnicate']),
  ])
  expect(command).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'tutti: there is no command "shwo". Did you mean "tutti show"?\n"tutti help" lists the commands.\n',
  })
  expect(option).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'tutti: there is no option --nmae. Did you mean --name?\n"tutti help show" tells what it takes.\n',
  })
  expect(wild.stderr).toBe('tutti: there is no command "frobnicate".\n"tutti help" lists the commands.\n')
})

test('values that make no sense are refused with the mend, those of variables too', async () => {
  const [interval, port, strategy, missing] = await Promise.all([
    tutti(['top', '.', '--interval', 'soon']),
    tutti(['serve', '.'], { OTEL_EXPORTER_PROMETHEUS_PORT: '70000' }),
    tutti(['serve', '.', '--translation-strategy', 'Mine']),
    tutti(['show', '--name']),
  ])
  expect(interval.stderr).toBe('tutti: --interval is "soon". Give a number from 0.2 to 3600.\n')
  expect(port.stderr).toBe(
    'tutti: OTEL_EXPORTER_PROMETHEUS_PORT is "70000". Give a whole number from 0 to 65535.\n',
  )
  expect(strategy.stderr).toMatch(
    /^tutti: --translation-strategy is "Mine"\. Give one of UnderscoreEscapingWith/,
  )
  expect(missing.stderr).toMatch(/^tutti: --name needs a value: --name <text>\./)
  for (const { code } of [interval, port, strategy, missing]) expect(code).toBe(2)
})

test('without a command help goes to stderr, and the exit code says that nothing was done', async () => {
  const { code, stdout, stderr } = await tutti([])
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain('tutti <command>')
})
