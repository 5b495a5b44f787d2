import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { cleanEnv, type Running, run, start } from './process.ts'

let app: Running | undefined
afterEach(async () => {
  await app?.stop()
  app = undefined
})

test('switched off, nothing of it is loaded', async () => {
  const loaded =
    'console.log(Object.keys(require.cache).filter(name => /aggregator|instrumentation|opentelemetry|start/.test(name)))'
  const disabled = await run(['--require', '@tutti/preload', '-e', loaded], { OTEL_SDK_DISABLED: 'TRUE' })
  expect(disabled).toMatchObject({ code: 0, stdout: '[]\n', stderr: '' })
})

test('without metrics there is no page, no line and no directory', async () => {
  const asked = 'console.log(process.env.TUTTI_DIR)'
  const ended = await run(['--require', '@tutti/preload', '-e', asked], { TUTTI_METRICS_ENABLED: 'false' })
  expect(ended).toMatchObject({ code: 0, stdout: 'undefined\n', stderr: '' })
})

test("npm's own process is left alone, what it starts is not", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-npm-'))
  try {
    const preload = new URL('../dist/index.cjs', import.meta.url).pathname
    const script = 'node -e "console.log(process.env.TUTTI_DIR !== undefined)"'
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'shop', scripts: { show: script } }))
    const env = cleanEnv({ NODE_OPTIONS: `--require ${preload}`, OTEL_METRICS_EXPORTER: 'none' })
    const child = spawn('npm', ['run', '--silent', 'show'], { cwd: folder, env })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', data => {
      stdout += data
    })
    child.stderr.on('data', data => {
      stderr += data
    })
    expect(await once(child, 'close')).toEqual([0, null])
    expect(stdout).toBe('true\n')
    expect(stderr.match(/tutti: shop metrics are recorded/g)).toHaveLength(1)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a stderr that nobody reads does not end the app', async () => {
  const child = spawn(process.execPath, ['--require', '@tutti/preload', 'apps/ends.cjs', 'runs'], {
    cwd: new URL('.', import.meta.url),
    env: cleanEnv({ OTEL_EXPORTER_PROMETHEUS_PORT: 'bad', OTEL_METRICS_EXPORTER: 'none' }),
  })
  child.stderr.destroy()
  const [code] = await once(child, 'exit')
  // The app itself writes to stderr as well; only our own line must not be what ends it.
  expect(code).not.toBeNull()
})

test('an app that may have no threads runs on, and one line says that there is no page', async () => {
  const [major] = process.versions.node.split('.')
  const permission = major === '20' || major === '22' ? '--experimental-permission' : '--permission'
  const lives = 'setTimeout(() => console.log("alive"), 1500)'
  const ended = await run([
    ...[permission, '--allow-fs-read=*', '--allow-fs-write=*', '--allow-addons', '--no-warnings'],
    ...['--require', '@tutti/preload', '-e', lives],
  ])
  expect(ended).toMatchObject({ code: 0, stdout: 'alive\n' })
  expect(ended.stderr).toBe(
    "tutti: the page can't be served on 127.0.0.1:0: Access to this API has been restricted. Use --allow-worker to " +
      'manage permissions; metrics are recorded meanwhile, and the page appears when it can.\n',
  )
})

test('an app that breaks what is needed at its end ends as ever', async () => {
  const breaks =
    'require("node:fs").closeSync = () => { throw new Error("mocked") }; console.log("done"); process.exitCode = 3'
  const ended = await run(['--require', '@tutti/preload', '-e', breaks], { OTEL_METRICS_EXPORTER: 'none' })
  expect(ended).toMatchObject({ code: 3, stdout: 'done\n' })
  expect(ended.stderr).not.toContain('mocked')
})

test('a port in use is one line that names it, and the app runs on and ends as it would', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as { port: number }
  app = start(['--require', '@tutti/preload', 'apps/http.cjs'], { OTEL_EXPORTER_PROMETHEUS_PORT: `${port}` })
  await app.says('stderr', /tutti: .*\n/)
  const [, appPort] = await app.says('stdout', /listening (\d+)/)
  expect(await (await fetch(`http://127.0.0.1:${appPort}/`)).text()).toBe('hello')
  const lines = app.stderr().trim().split('\n')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain(`127.0.0.1:${port}`)
  expect(lines[0]).toContain('OTEL_EXPORTER_PROMETHEUS_PORT')

  taken.close()
  await app.says('stderr', new RegExp(`metrics on http://localhost:${port}/metrics`))
})

test('an unusable directory is one line that names it, and the app runs on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-unusable-'))
  try {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const ended = await run(['--require', '@tutti/preload', 'apps/ends.cjs', 'exits'], {
      TUTTI_DIR: join(file, 'below'),
      OTEL_METRICS_EXPORTER: 'none',
    })
    expect(ended).toMatchObject({ code: 3, stdout: 'out\n' })
    expect(ended.stderr).toContain(join(file, 'below'))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('bad variables are one line each, said by the first process only', async () => {
  const ended = await run(
    ['--require', '@tutti/preload', '-e', 'require("node:child_process").fork("apps/ends.cjs", ["exits"])'],
    {
      OTEL_EXPORTER_PROMETHEUS_PORT: '94640',
      OTEL_METRICS_EXPORTER: 'none',
      TUTTI_METRICS_ENABLED: 'yes',
      OTEL_RESOURCE_ATTRIBUTES: 'team=a,secret',
      OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'htpp',
    },
  )
  expect(ended.code).toBe(0)
  const lines = ended.stderr.split('\n').filter(line => line.startsWith('tutti: '))
  expect(lines.slice(0, 4)).toEqual([
    'tutti: OTEL_RESOURCE_ATTRIBUTES: pair 2 is not key=value; using none of them. ' +
      'Separate pairs by commas and percent-encode commas and percent signs in values.',
    'tutti: TUTTI_METRICS_ENABLED="yes" is neither true nor false; using true. Set it to one of them.',
    'tutti: OTEL_EXPORTER_PROMETHEUS_PORT="94640" is not a port; using 9464. Set it to a whole number from 0 to 65535.',
    'tutti: OTEL_NODE_DISABLED_INSTRUMENTATIONS names "htpp", for which there are no metrics; ignored. ' +
      'Known names: http, undici, fastify, express, router, koa, hapi, restify, pg, ioredis, redis, bullmq, runtime-node.',
  ])
  expect(lines).toHaveLength(5)
})
