import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { contendForExposer } from '@tutti/aggregator'
import { freePort } from '@tutti/test-servers'
import { expect, onTestFinished, test } from 'vitest'
import { type App, forkApp } from '../apps/fork.ts'
import { parsePlainly } from '../page.ts'
import { testProvider } from '../provider.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

test('when the exposer is killed another process serves the same address within two seconds, nothing lost', async () => {
  const env = { TEST_DIRECTORY: temporaryDirectory(), TEST_PORT: String(await freePort()) }
  const apps: App[] = []
  for (let each = 0; each < 3; each++) {
    const app = forkApp('contender.ts', env)
    const elected = each === 0 ? app.message<string>('url') : undefined
    await app.message('counted')
    await elected
    apps.push(app)
  }
  const url = `http://127.0.0.1:${env.TEST_PORT}/metrics`
  for (const [index, app] of apps.slice(0, 2).entries()) {
    await app.end('SIGKILL')
    const killedAt = performance.now()
    let text: string | undefined
    while (text === undefined) {
      text = await fetch(url).then(
        response => response.text(),
        () => undefined,
      )
      if (text === undefined) await sleep(20)
      expect(performance.now() - killedAt).toBeLessThan(2_000)
    }
    expect(parsePlainly(text)).toMatchObject({ started_total: 3, tutti_writers: 2 - index })
  }
})

test('a busy port is one clear line, and the page appears when the port is free', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  const { port } = blocker.address() as AddressInfo
  const app = forkApp('contender.ts', { TEST_DIRECTORY: temporaryDirectory(), TEST_PORT: String(port) })
  await app.message('counted')
  await sleep(1_800)
  expect(app.output()).toBe(
    `the page can't be served on 127.0.0.1:${port}: the port is in use. Set OTEL_EXPORTER_PROMETHEUS_PORT to another ` +
      'one, or free it; metrics are recorded meanwhile, and the page appears when it can.\n',
  )
  const listening = app.message<string>('url')
  blocker.close()
  const text = await (await fetch(await listening)).text()
  expect(parsePlainly(text)).toMatchObject({ started_total: 1 })
})

test('while the port is busy one process keeps its place, so that only one says so', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void blocker.close())
  await once(blocker, 'listening')
  const { port } = blocker.address() as AddressInfo
  const { directory } = testProvider()
  const warnings: string[] = []
  const warn = (line: string) => warnings.push(line)
  const first = contendForExposer({ directory, port, warn })
  await sleep(250)
  const second = contendForExposer({ directory, port, warn })
  onTestFinished(async () => void (await Promise.all([first.close(), second.close()])))
  for (let look = 0; look < 40; look++) {
    await sleep(50)
    expect([first.isElected, second.isElected]).toEqual([true, false])
  }
  expect(warnings).toHaveLength(1)
})

test('a process that fails for another reason makes way for one that may do better', async () => {
  const { directory } = testProvider()
  const warnings: string[] = []
  const warn = (line: string) => warnings.push(line)
  const failing = contendForExposer({ directory, host: 'unix:/no/such/folder/app.sock', warn })
  const listening = new Promise<string>(onListening => {
    const contender = contendForExposer({ directory, port: 0, warn, onListening })
    onTestFinished(() => contender.close())
  })
  onTestFinished(() => failing.close())
  const text = await (await fetch(await listening)).text()
  expect(parsePlainly(text)).toMatchObject({ tutti_writers: 1 })
  expect(warnings).toEqual([expect.stringContaining('unix:/no/such/folder/app.sock')])
})

test('a web configuration that is mended brings the page, and is said once while it is broken', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-web-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const webConfigFile = join(folder, 'web.yml')
  const { directory } = testProvider()
  const warnings: string[] = []
  const listening = new Promise<string>(onListening => {
    const warn = (line: string) => warnings.push(line)
    const contender = contendForExposer({ directory, port: 0, webConfigFile, warn, onListening })
    onTestFinished(() => contender.close())
  })
  await sleep(1_500)
  expect(warnings).toEqual([
    `the page can't be served on 127.0.0.1:0: ${webConfigFile}: the web configuration can't be read (ENOENT). Give the ` +
      'path of a file that this user can read; metrics are recorded meanwhile, and the page appears when it can.',
  ])
  writeFileSync(webConfigFile, 'http_server_config:\n  headers:\n    X-Frame-Options: deny\n')
  const response = await fetch(await listening)
  expect([response.status, response.headers.get('x-frame-options')]).toEqual([200, 'deny'])
  expect(warnings).toHaveLength(1)
})

test('who is elected serves the page when it is ready, and keeps its place until then', async () => {
  const { directory } = testProvider()
  const serving: string[] = []
  const { promise: ready, resolve } = Promise.withResolvers<void>()
  const first = contendForExposer({ directory, port: 0, ready, onListening: () => serving.push('first') })
  const second = contendForExposer({ directory, port: 0, onListening: () => serving.push('second') })
  onTestFinished(async () => void (await Promise.all([first.close(), second.close()])))
  await sleep(1_200)
  expect([first.isElected, second.isElected, serving]).toEqual([true, false, []])
  resolve()
  await expect.poll(() => serving).toEqual(['first'])
})

test('one that is closed before it was ready says nothing, and is closed at once', async () => {
  const { directory } = testProvider()
  const warnings: string[] = []
  const ready = new Promise<void>(() => {})
  const contender = contendForExposer({ directory, port: 0, ready, warn: line => warnings.push(line) })
  expect(contender.isElected).toBe(true)
  await contender.close()
  expect([contender.isElected, warnings]).toEqual([false, []])
})
