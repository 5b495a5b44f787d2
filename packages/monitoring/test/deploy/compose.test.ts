import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findInNewerDebian, notRun } from '@tutti/test-servers'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { deploy, filesBelow, text, yaml } from './files.ts'

interface Service {
  command?: string[]
  environment?: Record<string, string>
  volumes?: { type: string; source: string; target: string }[]
  secrets?: { source: string; target: string }[]
  [field: string]: unknown
}

interface Project {
  services: Record<string, Service>
  volumes: Record<string, { driver_opts?: Record<string, string> }>
  secrets: Record<string, { file: string }>
}

const compose = await findInNewerDebian('docker-compose', 'docker-compose')
if (compose === undefined) notRun('compose.yaml', "docker-compose can't be had from Debian")
notRun('starting what compose.yaml describes', 'there is no Docker daemon')

describe.runIf(compose)('what docker compose makes of the files', () => {
  let production: Project
  let development: Project
  beforeAll(() => {
    production = configured('compose.yaml')
    development = configured('compose.yaml', 'compose.development.yaml')
  })

  test('all parts are there; the distributed store and its Collector only when asked for', () => {
    expect(Object.keys(production.services).sort()).toEqual([
      ...['alertmanager', 'api', 'exposer', 'grafana', 'job-worker', 'node-exporter', 'outside'],
      ...['postgres', 'prometheus', 'redis'],
    ])
    expect(Object.keys(configured('--profile', 'long-term', 'compose.yaml').services)).toEqual(
      expect.arrayContaining(['collector', 'victoria-metrics']),
    )
  })

  test('a misspelled field would be found', () => {
    const broken = text('compose/compose.yaml').replace('healthcheck:', 'healthchek:')
    expect(run(['--file', '-', 'config'], broken).status).not.toBe(0)
  })

  test('every service is read-only, without capabilities that it does not name, checked and limited', () => {
    for (const [name, service] of Object.entries(production.services)) {
      expect(service, name).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        healthcheck: expect.anything(),
        deploy: { resources: { limits: { memory: expect.anything(), cpus: expect.anything() } } },
      })
    }
  })

  test('API, job worker and exposer share one directory on memory, as one user', () => {
    const { api, 'job-worker': jobWorker, exposer } = production.services
    for (const service of [api, jobWorker, exposer]) {
      expect(service.environment!.TUTTI_DIR).toBe('/run/tutti/control-plane')
      expect(service.volumes).toContainEqual(
        expect.objectContaining({ type: 'volume', source: 'segments', target: '/run/tutti' }),
      )
      expect(service.user).toBe('10001:10001')
    }
    expect(production.volumes.segments.driver_opts).toEqual({
      type: 'tmpfs',
      device: 'tmpfs',
      o: 'size=64m,mode=0700,uid=10001,gid=10001,nosuid,nodev,noexec',
    })
  })

  test('only the exposer has the key and the token of the page', () => {
    const { exposer, ...others } = production.services
    const ofPage = ['control-plane.key', 'metrics-token']
    const held = (service: Service) => (service.secrets ?? []).map(({ source }) => source)
    expect(held(exposer)).toEqual(expect.arrayContaining(ofPage))
    for (const name of ['api', 'job-worker']) {
      expect(others[name].environment!.OTEL_METRICS_EXPORTER).toBe('none')
      expect(held(others[name]).filter(each => ofPage.includes(each))).toEqual([])
    }
  })

  test('Prometheus keeps 30 days or 10 GB', () => {
    for (const { services } of [production, development])
      expect(services.prometheus.command).toEqual(
        expect.arrayContaining(['--storage.tsdb.retention.time=30d', '--storage.tsdb.retention.size=10GB']),
      )
  })

  test('TLS and passwords are on, and off only in development', () => {
    const { exposer, prometheus, alertmanager, grafana } = production.services
    expect(exposer.environment!.TUTTI_WEB_CONFIG_FILE).toBe('/etc/control-plane/web.config.yml')
    expect(exposer.environment!.TUTTI_BEARER_TOKEN_FILE).toBe('/run/secrets/metrics-token')
    for (const each of [prometheus, alertmanager])
      expect(each.command!.some(word => word.startsWith('--web.config.file='))).toBe(true)
    expect(grafana.environment).toMatchObject({
      GF_SERVER_PROTOCOL: 'https',
      GF_AUTH_ANONYMOUS_ENABLED: 'false',
    })
    expect(development.services.exposer.environment).toMatchObject({
      TUTTI_WEB_CONFIG_FILE: '',
      TUTTI_BEARER_TOKEN_FILE: '',
    })
    for (const name of ['prometheus', 'alertmanager'])
      expect(development.services[name].command!.join(' ')).not.toContain('web.config')
  })

  test('no port is open to other machines', () => {
    for (const { ports = [] } of Object.values(production.services) as { ports?: { host_ip: string }[] }[])
      for (const port of ports) expect(port.host_ip).toBe('127.0.0.1')
  })

  test('what is mounted from the repository is there, and every secret has a file that is made', () => {
    const missing = Object.values(production.services)
      .flatMap(({ volumes = [] }) => volumes)
      .filter(
        ({ type, source }) => type === 'bind' && source.startsWith(deploy) && !source.includes('/secrets/'),
      )
      .filter(({ source }) => !existsSync(source))
    expect(missing).toEqual([])
    const made = mkdtempSync(join(tmpdir(), 'tutti-secrets-'))
    onTestFinished(() => rmSync(made, { recursive: true, force: true }))
    execFileSync(process.execPath, [join(deploy, 'compose/make-secrets.mjs'), made])
    for (const [name, { file }] of Object.entries(production.secrets)) {
      expect(file).toBe(join(deploy, 'compose/secrets', name))
      expect(existsSync(join(made, name)), name).toBe(true)
    }
  })

  test('a secret that a service names in its settings is one that it has', () => {
    for (const { services } of [production, development])
      for (const [name, service] of Object.entries(services)) {
        const own = (service.secrets ?? []).map(({ target }) => target)
        const words = [...Object.values(service.environment ?? {}), ...(service.command ?? [])].join(' ')
        for (const [path] of words.matchAll(/\/run\/secrets\/[\w.-]+/g)) expect(own, name).toContain(path)
      }
  })
})

test('Grafana finds the data source that dashboards name, and dashboards where they are mounted', () => {
  for (const variant of ['provisioning', 'provisioning-development']) {
    const { datasources } = yaml(`grafana/${variant}/datasources/prometheus.yml`) as unknown as {
      datasources: { uid: string; url: string }[]
    }
    expect(datasources.map(({ uid }) => uid)).toEqual(['prometheus'])
    expect(datasources[0].url).toMatch(variant === 'provisioning' ? /^https:/ : /^http:/)
  }
  const { providers } = yaml('grafana/provisioning/dashboards/dashboards.yml') as unknown as {
    providers: { options: { path: string } }[]
  }
  expect(providers[0].options.path).toBe('/var/lib/grafana/dashboards')
})

test('no file names an image’s registry or a digest that nobody checked', () => {
  for (const path of filesBelow('.')) {
    expect(text(path), path).not.toMatch(/@sha256:/)
    for (const [, image] of text(path).matchAll(/^\s*(?:image:|"image":) "?([\w./:-]+)/gm))
      expect(image, path).toMatch(/^[\w-]+(\/[\w-]+)?(:v?[\w.-]+)?$/)
  }
})

function configured(...args: string[]): Project {
  const flags = args.flatMap(each => (each.endsWith('.yaml') ? ['--file', each] : [each]))
  const { status, stdout, stderr } = run([...flags, 'config', '--format', 'json'])
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

function run(args: string[], input?: string) {
  const cwd = join(deploy, 'compose')
  return spawnSync(compose!, args, { cwd, encoding: 'utf8', ...(input === undefined ? {} : { input }) })
}
