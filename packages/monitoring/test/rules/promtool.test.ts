import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findDebianTool, findInNewerDebian, notRun } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { deployFolder } from '../deploy-folder.ts'

const rules = ['recording', 'alerts'].map(name =>
  join(deployFolder, `prometheus/rules/control-plane.${name}.yml`),
)
const tests = join(deployFolder, 'prometheus/tests/control-plane.alerts.test.yml')

const versions = {
  'Debian 12 (2.42)': () => findDebianTool('promtool', 'prometheus'),
  'Debian 13 (2.53)': () => findInNewerDebian('promtool', 'promtool'),
  // What is in testing changes by the day, which `npm test` shall not depend on.
  ...(process.env.TUTTI_LIVE_SPEED && {
    'Debian testing (3)': () => findInNewerDebian('promtool', 'promtool', 'forky'),
  }),
}

test.each(Object.entries(versions))(
  'promtool of %s finds nothing to say about the rules, and every story ends as told',
  async (title, find) => {
    const promtool = await find()
    if (promtool === undefined) return notRun(`rules with promtool of ${title}`, 'it could not be had')
    expect(run(promtool, ['check', 'rules', '--lint=all', '--lint-fatal', ...rules])).toMatchObject({
      status: 0,
    })
    expect(run(promtool, ['test', 'rules', tests])).toMatchObject({ status: 0 })
  },
  240_000,
)

test('every alert has a story in which it fires and one in which it does not', () => {
  const { groups } = parse(readFileSync(rules[1]!, 'utf8')) as { groups: { rules: { alert: string }[] }[] }
  const { tests: stories } = parse(readFileSync(tests, 'utf8')) as {
    tests: { name: string; alert_rule_test: { alertname: string; exp_alerts?: object[] }[] }[]
  }
  const alerts = groups.flatMap(group => group.rules.map(({ alert }) => alert))
  const told = (ending: string) => stories.filter(({ name }) => name.endsWith(ending))
  expect(told(' fires').map(story => story.alert_rule_test[0]!.alertname)).toEqual(alerts)
  expect(told(' does not fire').map(story => story.alert_rule_test[0]!.alertname)).toEqual(alerts)
  expect(told(' fires').every(story => story.alert_rule_test[0]!.exp_alerts!.length > 0)).toBe(true)
})

test('the stories tell when a rule looks for another metric than the one that is recorded', async () => {
  const promtool = await findDebianTool('promtool', 'prometheus')
  if (promtool === undefined) return notRun('stories of a broken rule', 'there is no promtool')
  const copy = mkdtempSync(join(tmpdir(), 'tutti-rules-'))
  try {
    cpSync(join(deployFolder, 'prometheus'), copy, { recursive: true })
    const alerts = join(copy, 'rules/control-plane.alerts.yml')
    writeFileSync(
      alerts,
      readFileSync(alerts, 'utf8').replaceAll('tutti_damaged_segments', 'tutti_broken_segments'),
    )
    const file = join(copy, 'tests/control-plane.alerts.test.yml')
    const told = parse(readFileSync(file, 'utf8')) as { tests: { name: string }[] }
    const some = told.tests.filter(({ name }) => name.startsWith('Metrics'))
    writeFileSync(file, stringify({ ...told, tests: some }))
    const { status, output } = run(promtool, ['test', 'rules', file])
    expect(status).toBe(1)
    expect(output.match(/\bname: .*/g)).toEqual(['name: MetricsDamaged fires,'])
  } finally {
    rmSync(copy, { recursive: true })
  }
}, 120_000)

function run(program: string, args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  return { status, output: stdout + stderr }
}
