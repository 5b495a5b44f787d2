import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test, vi } from 'vitest'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const preload = createRequire(import.meta.url).resolve('@tutti/preload')
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 100 })
})

/** A guide's files in a folder of their own, and what it says is on the page. */
function filesOf(guide: string): { folder: string; shown: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-migrate-'))
  folders.push(folder)
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const text = readFileSync(join(root, 'docs/guides', guide), 'utf8')
  for (const [, file, code] of text.matchAll(/^```\w+ (\S+)\n(.*?)^```$/gms)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), code)
  }
  const [, shown] = /^```text\n(.*?)^```$/ms.exec(text)!
  return { folder, shown: shown.trim().split('\n') }
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return String(port)
}

async function withService(
  folder: string,
  env: Record<string, string>,
  use: (said: () => string) => Promise<void>,
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-migrate-'))
  folders.push(directory)
  const service: ChildProcess = spawn(process.execPath, ['--require', preload, 'server.js'], {
    cwd: folder,
    env: { ...process.env, TUTTI_DIR: directory, OTEL_EXPORTER_PROMETHEUS_PORT: '0', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  service.stderr!.on('data', chunk => {
    said += chunk
  })
  try {
    await use(() => said)
  } finally {
    service.kill('SIGKILL')
    await once(service, 'exit')
  }
}

async function expectPage(url: () => string, shown: readonly string[]): Promise<void> {
  await vi.waitFor(
    async () => {
      const page = await (await fetch(url())).text()
      for (const line of shown) expect(page.split('\n')).toContain(line)
    },
    { timeout: 40_000, interval: 200 },
  )
}

const ownPage = (said: string): string => /http:\S+\/metrics/.exec(said)![0]

test('the service of the guide from prom-client has the page that it shows, on both ports', async () => {
  const { folder, shown } = filesOf('migrate-from-prom-client.md')
  const port = await freePort()
  await withService(folder, { METRICS_PORT: port }, async said => {
    await expectPage(() => `http://127.0.0.1:${port}/metrics`, shown)
    await expectPage(() => ownPage(said()), shown)
  })
})

test('the folder that stands for prom-client is the adapter', () => {
  const { folder } = filesOf('migrate-from-prom-client.md')
  const require = createRequire(join(folder, 'x.js'))
  expect(require(join(folder, 'prom-client')).Counter).toBe(
    require('@tutti/business-metrics/prom-client').Counter,
  )
  expect(require(join(folder, 'prom-client/package.json')).version).toBe('15.1.3')
})

test('the service of the guide from the stock exporter has the page that it shows', async () => {
  const { folder, shown } = filesOf('migrate-from-the-stock-exporter.md')
  await withService(folder, {}, async said => expectPage(() => ownPage(said()), shown))
})

test('the provider of the guide from the stock exporter serves its page', async () => {
  const { folder } = filesOf('migrate-from-the-stock-exporter.md')
  const port = await freePort()
  const file = join(folder, 'provider.mjs')
  writeFileSync(file, readFileSync(file, 'utf8').replace('port: 9465, path', `port: ${port}, path`))
  writeFileSync(join(folder, 'server.js'), "import('./provider.mjs').then(() => setInterval(() => {}, 1000))")
  const { TUTTI_DIR: _, ...env } = process.env
  const service = spawn(process.execPath, ['server.js'], { cwd: folder, env, stdio: 'ignore' })
  try {
    await expectPage(() => `http://127.0.0.1:${port}/metrics`, ['orders_total{otel_scope_name="shop"} 1'])
  } finally {
    service.kill('SIGKILL')
    await once(service, 'exit')
  }
})
