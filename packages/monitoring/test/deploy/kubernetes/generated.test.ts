import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { deploy } from '../files.ts'

const generated = ['kubernetes/components/prometheus-rule/prometheus-rule.yaml', 'grafana/kustomization.yaml']

test('what is generated for Kubernetes is what the generator writes, byte for byte', () => {
  const copy = copyOfDeploy()
  generate(copy)
  for (const file of generated)
    expect(readFileSync(join(deploy, file), 'utf8'), `run node deploy/kubernetes/generate.mjs`).toBe(
      readFileSync(join(copy, file), 'utf8'),
    )
})

test('all groups of all files of rules become one PrometheusRule, and each dashboard a ConfigMap', () => {
  const copy = copyOfDeploy()
  for (const folder of ['prometheus/rules', 'grafana/dashboards']) {
    rmSync(join(copy, folder), { recursive: true, force: true })
    mkdirSync(join(copy, folder), { recursive: true })
  }
  for (const name of ['alerts', 'recordings'])
    writeFileSync(
      join(copy, `prometheus/rules/${name}.yml`),
      `groups: [{ name: ${name}, rules: [{ record: 'a:b', expr: up }] }]\n`,
    )
  writeFileSync(join(copy, 'grafana/dashboards/api.json'), '{}')
  generate(copy)
  const [rule, dashboards] = generated.map(file => parse(readFileSync(join(copy, file), 'utf8')))
  expect(rule.spec.groups.map(({ name }: { name: string }) => name)).toEqual(['alerts', 'recordings'])
  expect(rule.spec.groups[0].rules).toEqual([{ record: 'a:b', expr: 'up' }])
  expect(dashboards.configMapGenerator).toEqual([
    {
      name: 'dashboard-api',
      files: ['dashboards/api.json'],
      options: { disableNameSuffixHash: true, labels: { grafana_dashboard: '1' } },
    },
  ])
})

function copyOfDeploy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'tutti-deploy-'))
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  cpSync(deploy, copy, { recursive: true, filter: path => !path.endsWith('/secrets') })
  return copy
}

function generate(folder: string): void {
  execFileSync(process.execPath, [join(deploy, 'kubernetes/generate.mjs'), folder])
}
