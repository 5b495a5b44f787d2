import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SharedMeterProvider } from '@tutti/aggregator'
import { freePort, notRun, startPrometheus } from '@tutti/test-servers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { deploy, root, text } from './files.ts'

// The sidecar, the secrets and prometheus.yml as they are shipped, with a container's paths and names replaced by ours.
const folder = mkdtempSync(join(tmpdir(), 'tutti-scraped-'))
const directory = join(folder, 'segments')
const secrets = join(folder, 'secrets')
const port = await freePort()
const env = {
  ...process.env,
  TUTTI_DIR: directory,
  OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
  OTEL_EXPORTER_PROMETHEUS_PORT: `${port}`,
  TUTTI_WEB_CONFIG_FILE: join(folder, 'web.config.yml'),
  TUTTI_BEARER_TOKEN_FILE: join(secrets, 'metrics-token'),
}
let exposer: ReturnType<typeof spawn>
let provider: SharedMeterProvider

beforeAll(async () => {
  execFileSync(process.execPath, [join(deploy, 'compose/make-secrets.mjs'), secrets])
  writeFileSync(
    env.TUTTI_WEB_CONFIG_FILE,
    text('compose/control-plane.web.yml').replaceAll('/run/secrets', secrets),
  )
  // A sidecar is there before the app is: nobody has made the directory yet.
  exposer = spawn(process.execPath, [join(root, 'packages/cli/dist/main.mjs'), 'serve'], {
    env,
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  let said = ''
  exposer.stderr!.setEncoding('utf8').on('data', text => {
    said += text
  })
  await vi.waitFor(() => expect(said).toContain(`waiting for ${directory}`), { timeout: 30_000 })
  provider = new SharedMeterProvider({ directory })
  provider.getMeter('test').createCounter('orders').add(7)
  await vi.waitFor(() => expect(said).toContain(`${directory} on https:`), { timeout: 30_000 })
})
afterAll(async () => {
  await provider.shutdown()
  exposer.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

test('the sidecar shows the page over TLS to who has the token, and to nobody else', async () => {
  const token = readFileSync(env.TUTTI_BEARER_TOKEN_FILE, 'utf8')
  expect(await page({ authorization: `Bearer ${token}` })).toMatchObject({
    status: 200,
    body: expect.stringContaining('orders_total{otel_scope_name="test"} 7\n'),
  })
  expect(await page({})).toMatchObject({ status: 401 })
  await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow()
})

test('Prometheus scrapes it with the shipped prometheus.yml and the secrets that are made for it', async () => {
  const config = text('prometheus/prometheus.yml')
    .replaceAll('/run/secrets', secrets)
    .replace('control-plane:9464', `localhost:${port}`)
    .replaceAll('15s', '1s')
    .replace('10s', '1s')
  const prometheus = await startPrometheus({ config })
  if (prometheus === undefined)
    return notRun('a scrape with the shipped prometheus.yml', "Prometheus can't be had")
  try {
    await vi.waitFor(
      async () => {
        const query = encodeURIComponent('orders_total{job="control-plane"}')
        const answer = await fetch(`${prometheus.url}/api/v1/query?query=${query}`)
        expect(await answer.json()).toMatchObject({
          data: { result: [{ value: [expect.any(Number), '7'] }] },
        })
      },
      { timeout: 20_000, interval: 250 },
    )
  } finally {
    await prometheus.stop()
  }
})

test('the check of a worker sees whether somebody records', async () => {
  const check = promisify(execFile)
  const script = join(deploy, 'docker/is-alive.mjs')
  await check(process.execPath, [script], { env })
  const nobody = { ...env, TUTTI_DIR: mkdtempSync(join(folder, 'nobody-')) }
  await expect(check(process.execPath, [script], { env: nobody })).rejects.toThrow('Nobody records.')
})

test('the sidecar ends in order when it is told to', async () => {
  const ended = once(exposer, 'exit')
  exposer.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

function page(headers: Record<string, string>): Promise<{ status: number; body: string }> {
  const ca = readFileSync(join(secrets, 'ca.crt'))
  return new Promise((resolve, reject) => {
    get(`https://localhost:${port}/metrics`, { ca, headers, agent: false }, response => {
      let body = ''
      response.setEncoding('utf8').on('data', chunk => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode!, body }))
    }).on('error', reject)
  })
}
