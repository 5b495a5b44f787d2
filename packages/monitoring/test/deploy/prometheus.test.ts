import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findDebianTool, findInNewerDebian, notRun } from '@tutti/test-servers'
import { afterAll, describe, expect, test } from 'vitest'
import { deploy, filesBelow, text, yaml } from './files.ts'

const tools = {
  'the machine’s own': await findDebianTool('promtool', 'prometheus'),
  newer:
    (await findInNewerDebian('promtool', 'promtool')) ?? (await findInNewerDebian('promtool', 'prometheus')),
}
const folder = mkdtempSync(join(tmpdir(), 'tutti-prometheus-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
execFileSync(process.execPath, [join(deploy, 'compose/make-secrets.mjs'), join(folder, 'secrets')])
mkdirSync(join(folder, 'rules'))
writeFileSync(join(folder, 'secrets/remote-write-password'), 'not used')

const remoteWrites = filesBelow('prometheus/remote-write')
const configurations: [string, string][] = [
  ['prometheus.yml', text('prometheus/prometheus.yml')],
  ['prometheus.development.yml', text('prometheus/prometheus.development.yml')],
  ...remoteWrites.map((path): [string, string] => [
    `prometheus.yml with ${path}`,
    text('prometheus/prometheus.yml') + text(path),
  ]),
]

for (const [version, promtool] of Object.entries(tools)) {
  if (promtool === undefined) notRun(`configurations of Prometheus by ${version} promtool`, "it can't be had")

  describe.runIf(promtool)(`${version} promtool`, () => {
    const check = (...args: string[]) => spawnSync(promtool!, ['check', ...args], { encoding: 'utf8' })

    test.each(configurations)('takes %s, with every file that it names', (_, content) => {
      const { status, stderr } = check('config', placed(content))
      expect(stderr).toBe('')
      expect(status).toBe(0)
    })

    test('would miss a file that is named and not there', () => {
      const broken = text('prometheus/prometheus.yml').replace('metrics-token', 'no-such-token')
      expect(check('config', placed(broken)).status).not.toBe(0)
    })

    test('takes the web configurations that are made with the secrets, and that of the page', () => {
      const page = join(folder, 'page.web.yml')
      writeFileSync(
        page,
        text('compose/control-plane.web.yml').replaceAll('/run/secrets', join(folder, 'secrets')),
      )
      const made = ['prometheus', 'alertmanager'].map(name => join(folder, 'secrets', `${name}.web.yml`))
      const { status, stdout, stderr } = check('web-config', page, ...made)
      expect(`${stdout}${stderr}`.match(/SUCCESS/g)).toHaveLength(3)
      expect(status).toBe(0)
    })
  })
}

test('outside of development, every target is asked over TLS and Alertmanager told over it', () => {
  const { scrape_configs: jobs, alerting } = yaml('prometheus/prometheus.yml') as unknown as Targets
  const asked = jobs.filter(
    // On the network of the containers alone: what it says of the machine is no secret among them.
    ({ job_name }) => job_name !== 'node',
  )
  for (const job of [...asked, ...alerting.alertmanagers]) {
    expect(job.scheme).toBe('https')
    expect(job.tls_config).toEqual({ ca_file: '/run/secrets/ca.crt' })
  }
})

interface Target {
  job_name: string
  scheme?: string
  tls_config?: object
}

interface Targets {
  scrape_configs: Target[]
  alerting: { alertmanagers: Target[] }
}

/** The configuration in a file, with the paths of a container replaced by those of this test. */
function placed(content: string): string {
  const path = join(folder, 'prometheus.yml')
  const replaced = content
    .replaceAll('/run/secrets', join(folder, 'secrets'))
    .replaceAll('/etc/prometheus/rules', join(deploy, 'prometheus/rules'))
  writeFileSync(path, replaced)
  return path
}
