import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findDebianTool, notRun } from '@tutti/test-servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildAlertmanager } from '../../src/alertmanager/build-alertmanager.ts'
import { deployFolder } from '../deploy-folder.ts'

const shipped = join(deployFolder, 'alertmanager/alertmanager.yml')

let amtool: string | undefined
let folder: string
let twoTeams: string

beforeAll(async () => {
  amtool = await findDebianTool('amtool', 'prometheus-alertmanager')
  folder = mkdtempSync(join(tmpdir(), 'tutti-alertmanager-'))
  twoTeams = join(folder, 'alertmanager.yml')
  const teams = ['platform', 'payments'].map(name => ({
    name,
    slackChannel: `#${name}`,
    mail: `${name}@example.com`,
  }))
  writeFileSync(twoTeams, buildAlertmanager({ teams }).text)
  if (amtool === undefined) notRun("Alertmanager's configuration and routes", 'there is no amtool')
})
afterAll(() => rmSync(folder, { recursive: true }))

test('amtool accepts the configuration', () => {
  for (const file of [shipped, twoTeams]) expect(run(['check-config', file])).toMatchObject({ status: 0 })
})

test.each([
  ['platform', 'critical', 'platform-critical'],
  ['platform', 'warning', 'platform-warning'],
  ['platform', 'info', 'platform-info'],
  ['platform', 'unheard-of', 'platform-info'],
  ['nobody', 'critical', 'unrouted'],
])('an alert of team %s that is %s goes to %s', (team, severity, receiver) => {
  expect(routed(shipped, team, severity)).toBe(receiver)
})

test.each([
  ['payments', 'critical', 'payments-critical'],
  ['payments', 'warning', 'payments-warning'],
  ['payments', 'info', 'payments-info'],
  ['platform', 'critical', 'platform-critical'],
])('with a second team, an alert of %s that is %s goes to %s', (team, severity, receiver) => {
  expect(routed(twoTeams, team, severity)).toBe(receiver)
})

test('holds no secret, only where secrets are', () => {
  const { text } = buildAlertmanager({ secretsDirectory: '/run/secrets' })
  const files = [...text.matchAll(/(\w+_file): (\S+)/g)].map(([, key, file]) => `${key} ${file}`)
  expect([...new Set(files)]).toEqual([
    'smtp_auth_password_file /run/secrets/smtp-password',
    'slack_api_url_file /run/secrets/slack-url',
    'routing_key_file /run/secrets/pagerduty-platform',
    'credentials_file /run/secrets/webhook-token',
  ])
  expect(text).not.toMatch(/(?:password|routing_key|api_url|credentials): /)
})

function routed(file: string, team: string, severity: string): string {
  if (amtool === undefined) return ''
  const labels = [`team=${team}`, `severity=${severity}`, 'service=control-plane', 'alertname=Any']
  return run(['config', 'routes', 'test', `--config.file=${file}`, ...labels]).output.trim()
}

function run(args: string[]): { status: number | null; output: string } {
  if (amtool === undefined) return { status: 0, output: '' }
  const { status, stdout } = spawnSync(amtool, args, { encoding: 'utf8' })
  return { status, output: stdout }
}
