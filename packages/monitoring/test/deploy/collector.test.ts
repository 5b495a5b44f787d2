import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findDebianTool, notRun } from '@tutti/test-servers'
import { afterAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { deploy, text } from './files.ts'

notRun(
  'the Collector itself',
  'Debian has no package of it; the form of its configurations is checked instead',
)

const files = [
  'collector/collector.yml',
  'collector/collector.otlp.yml',
  'collector/collector.development.yml',
  'kubernetes/components/collector/collector.yml',
  'ecs/collector.yml',
]

type Parts = Record<string, object | null>
interface ScrapeConfig {
  job_name: string
  scrape_interval: string
  kubernetes_sd_configs?: object[]
}
interface Collector {
  extensions: Parts
  receivers: Parts & {
    prometheus: { config: { scrape_configs: ScrapeConfig[] } }
  }
  processors: Parts
  exporters: Parts
  service: { extensions: string[]; pipelines: Record<string, Record<string, string[]>> }
}

// The fields that the documentation of each part has, of those that we use.
const fields: Record<string, string[]> = {
  health_check: ['endpoint'],
  basicauth: ['client_auth'],
  prometheus: ['config'],
  memory_limiter: [
    'check_interval',
    'limit_percentage',
    'spike_limit_percentage',
    'limit_mib',
    'spike_limit_mib',
  ],
  resourcedetection: ['detectors'],
  batch: ['send_batch_size', 'timeout'],
  prometheusremotewrite: ['endpoint', 'resource_to_telemetry_conversion', 'retry_on_failure', 'auth'],
  otlphttp: ['endpoint', 'compression', 'retry_on_failure'],
}

const folder = mkdtempSync(join(tmpdir(), 'tutti-collector-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
execFileSync(process.execPath, [join(deploy, 'compose/make-secrets.mjs'), join(folder, 'secrets')])
const promtool = await findDebianTool('promtool', 'prometheus')
if (promtool === undefined) notRun('what the Collector scrapes', "promtool can't be had")

test.each(files)('%s: a pipeline uses what is set up, and everything that is set up is used', path => {
  const collector: Collector = parse(text(path))
  const { pipelines, extensions } = collector.service
  expect(Object.keys(collector).sort()).toEqual([
    'exporters',
    'extensions',
    'processors',
    'receivers',
    'service',
  ])
  for (const kind of ['receivers', 'processors', 'exporters'] as const) {
    const used = Object.values(pipelines).flatMap(pipeline => pipeline[kind])
    expect(used.sort(), kind).toEqual(Object.keys(collector[kind]).sort())
  }
  expect(extensions).toEqual(Object.keys(collector.extensions))
  for (const { processors } of Object.values(pipelines)) {
    // What comes before it is not limited; what comes after the batch undoes it.
    expect(processors[0]).toBe('memory_limiter')
    expect(processors.at(-1)).toBe('batch')
  }
})

test.each(files)('%s: every part has only fields that it is documented to have', path => {
  const { service, ...kinds } = parse(text(path)) as Collector
  for (const parts of Object.values(kinds) as Parts[])
    for (const [name, settings] of Object.entries(parts))
      for (const field of Object.keys(settings ?? {}))
        expect(fields[name.split('/')[0]], name).toContain(field)
})

test.runIf(promtool).each(files)('%s: what it scrapes is a configuration of Prometheus', path => {
  const { config } = (parse(text(path)) as Collector).receivers.prometheus
  // Debian builds promtool without the discovery of Kubernetes.
  for (const job of config.scrape_configs) delete job.kubernetes_sd_configs
  const file = join(folder, 'prometheus.yml')
  const secrets = join(folder, 'secrets')
  writeFileSync(
    file,
    stringify(config)
      .replaceAll('/var/run/secrets/metrics/token', join(secrets, 'metrics-token'))
      .replaceAll(/\/(?:var\/)?run\/secrets(?:\/metrics)?(?=\/)/g, secrets),
  )
  const { status, stderr } = spawnSync(promtool!, ['check', 'config', file], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  for (const job of config.scrape_configs)
    expect(job).toMatchObject({ job_name: 'control-plane', scrape_interval: '15s' })
})

test('outside of development the page is asked over TLS with its token, unless nobody else can reach it', () => {
  for (const path of files.filter(each => !/development|ecs/.test(each))) {
    const [job] = (parse(text(path)) as Collector).receivers.prometheus.config.scrape_configs
    expect(job, path).toMatchObject({
      scheme: 'https',
      tls_config: { ca_file: expect.any(String) },
      authorization: { credentials_file: expect.any(String) },
    })
  }
  const [job] = (parse(text('ecs/collector.yml')) as Collector).receivers.prometheus.config.scrape_configs
  expect(job).toMatchObject({ static_configs: [{ targets: ['127.0.0.1:9464'] }] })
})
