import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Running, startTutti, tutti } from '../process.ts'
import { type Service, startService } from '../service.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const SERVED = /^tutti: \S+\/run on (http:\S+)$/m

const running: Running[] = []
const services: Service[] = []
afterEach(async () => {
  await Promise.all([
    ...running.splice(0).map(each => each.stop()),
    ...services.splice(0).map(each => each.stop()),
  ])
})

function serve(args: string[], env: NodeJS.ProcessEnv = {}): Running {
  const sidecar = startTutti(['serve', ...args], { OTEL_EXPORTER_PROMETHEUS_PORT: '0', ...env })
  running.push(sidecar)
  return sidecar
}

async function startAt(directory: string, env: NodeJS.ProcessEnv): Promise<Service> {
  const service = await startService({ TUTTI_DIR: directory, ...env })
  services.push(service)
  return service
}

test('a sidecar waits for the directory, serves it in place of the app, and ends at SIGTERM', async () => {
  const directory = join(temporaryDirectory(), 'run')
  const token = join(temporaryDirectory(), 'token')
  writeFileSync(token, 'a-secret-of-32-characters-or-more\n')
  const sidecar = serve([directory, '--path', '/page', '--bearer-token-file', token, '--console', 'on'])
  await sidecar.says('stderr', /waiting for \S+\/run, which is not there yet/)
  const service = await startAt(directory, { OTEL_METRICS_EXPORTER: 'none', TUTTI_START_LINE: 'text' })
  await service.request('/orders/1', 2)
  const [, url] = await sidecar.says('stderr', SERVED)
  expect(new URL(url).pathname).toBe('/page')
  expect((await fetch(url)).status).toBe(401)
  const console = new URL('/', url)
  expect((await fetch(console)).status).toBe(401)
  const headers = { authorization: 'Bearer a-secret-of-32-characters-or-more' }
  expect(await (await fetch(console, { headers })).text()).toContain('<title>Tutti console</title>')
  const shown = await tutti(['show', url, '--bearer-token-file', token, '-n', 'request_duration', '--json'])
  expect(JSON.parse(shown.stdout).families[0].series[0].count).toBe(2)
  expect(await sidecar.stop('SIGTERM')).toBe(0)
})

test("it takes over when the app's own exposer ends, and --linger ends it after the last writer", async () => {
  const directory = join(temporaryDirectory(), 'run')
  const service = await startAt(directory, { OTEL_EXPORTER_PROMETHEUS_PORT: '0' })
  await service.request('/orders/1', 3)
  const sidecar = serve([directory, '--linger', '2'])
  await sidecar.says('stderr', /another process serves \S+ on http:\S+; this one takes over when it ends/)
  await service.stop()
  const [, url] = await sidecar.says('stderr', SERVED)
  // The dead count on: that is what a last scrape is for.
  expect(await (await fetch(url)).text()).toMatch(/http_server_request_duration_seconds_count\{.* 3\n/)
  await sidecar.says('stderr', /the last writer of \S+ ended 2 s ago: done/)
  expect(await sidecar.ended()).toBe(0)
})

test('a directory that takes the place of another one is served', async () => {
  const parent = temporaryDirectory()
  const directory = join(parent, 'run')
  mkdirSync(directory, { mode: 0o700 })
  const sidecar = serve(['--directory', directory])
  await sidecar.says('stderr', SERVED)
  renameSync(directory, join(parent, 'before'))
  await sidecar.says('stderr', /waiting for/)
  await startAt(directory, { OTEL_METRICS_EXPORTER: 'none' })
  const [, url] = await sidecar.says('stderr', /waiting for.*\n.*run on (http:\S+)/)
  expect(await (await fetch(url)).text()).toMatch(/^tutti_writers\{.*\} 3$/m)
  rmSync(join(parent, 'before'), { recursive: true })
})

test('what can not be followed is said, not taken for another process that serves', async () => {
  const directory = temporaryDirectory()
  const token = join(temporaryDirectory(), 'token')
  writeFileSync(token, 'short\n')
  const sidecar = serve([directory, '--bearer-token-file', token])
  await sidecar.says('stderr', /the bearer token is shorter than 16 characters/)
  await new Promise(resolve => setTimeout(resolve, 1_500))
  expect(sidecar.stderr()).not.toContain('another process')
})

test('what protects the page is looked for at once, and no directory is an error', async () => {
  const [file, none, path] = await Promise.all([
    tutti(['serve', '/nowhere', '--web-config-file', '/nowhere/web.yml']),
    tutti(['serve']),
    tutti(['serve', '/nowhere', '--path', 'metrics']),
  ])
  expect(file.stderr).toBe(
    'tutti: --web-config-file: there is no file /nowhere/web.yml. Name the file that protects the page.\n',
  )
  expect(none.stderr).toMatch(/^tutti: no directory is named\./)
  expect(path.stderr).toBe('tutti: --path is "metrics". Let it begin with a slash: --path /metrics.\n')
  expect([file.code, none.code, path.code]).toEqual([2, 2, 2])
})
