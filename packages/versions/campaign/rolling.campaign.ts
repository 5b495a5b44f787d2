import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '@tutti/test-servers'
import { expect, onTestFinished, test } from 'vitest'
import { current, node20, type VersionSet } from '../src/index.ts'
import { type App, get, startApp } from '../test/install/app.ts'
import { command, INSTALL } from '../test/install/command.ts'
import { pack, pin, temporaryFolder, writeService } from '../test/install/service.ts'

test('two versions of one layout share a directory: all counts are on one page, before and after the older one ends', {
  timeout: 900_000,
}, async () => {
  const folder = temporaryFolder()
  await installed(folder, 'older', node20)
  await installed(folder, 'newer', current)
  const { pages, end } = await roll(folder)
  await expect.poll(pages, { timeout: 30_000 }).toEqual({ orders: 28, writers: 2, others: 0 })
  await end()
  await expect.poll(pages, { timeout: 30_000 }).toEqual({ orders: 28, writers: 1, others: 0 })
})

test('two layouts share a directory: each page has its own counts and tells of the others, the older one first', {
  timeout: 900_000,
}, async () => {
  const folder = temporaryFolder()
  await installed(folder, 'older', current)
  cpSync(join(folder, 'older'), join(folder, 'newer'), { recursive: true })
  raiseLayout(join(folder, 'newer'))
  const { pages, end } = await roll(folder)
  await expect.poll(pages, { timeout: 30_000 }).toEqual({ orders: 14, writers: 1, others: 1 })
  await end()
  await expect.poll(pages, { timeout: 30_000 }).toEqual({ orders: 14, writers: 1, others: 1 })
})

/** The older one runs, the newer one is started beside it, both are asked, seven times each. */
async function roll(
  folder: string,
): Promise<{ pages: () => Promise<Record<string, number>>; end: () => Promise<void> }> {
  const port = await freePort()
  const env = { TUTTI_DIR: join(folder, 'directory'), OTEL_EXPORTER_PROMETHEUS_PORT: String(port) }
  const older = startApp(join(folder, 'older'), process.execPath, env)
  await older.says(/metrics on http/)
  const newer = startApp(join(folder, 'newer'), process.execPath, env)
  onEnd(older, newer)
  for (const app of [older, newer]) {
    const [, own] = await app.says(/listening (\d+)/)
    for (let request = 0; request < 7; request++) await get(`http://127.0.0.1:${own}/`)
  }
  return {
    pages: async () => {
      const page = await get(`http://127.0.0.1:${port}/metrics`).catch(() => '')
      return {
        orders: sample(page, 'orders_paid_total'),
        writers: sample(page, 'tutti_writers'),
        others: sample(page, 'tutti_other_version_segments'),
      }
    },
    end: async () => {
      const [, own] = await older.says(/listening (\d+)/)
      await get(`http://127.0.0.1:${own}/end`)
      expect(await older.ended()).toBe(0)
    },
  }
}

function sample(page: string, name: string): number {
  return Number(new RegExp(`^${name}(?:\\{.*\\})? (\\d+)$`, 'm').exec(page)?.[1])
}

async function installed(folder: string, name: string, set: VersionSet): Promise<void> {
  const service = join(folder, name)
  writeService(service, await pack(folder), 'npm')
  pin(service, set, 'npm')
  const { code, output } = await command('npm', INSTALL, service)
  expect(code, output).toBe(0)
}

/** As a later release would have it: in what is written, and in what is read. */
function raiseLayout(service: string): void {
  const dist = join(service, 'node_modules/@tutti/aggregator/dist')
  let places = 0
  for (const file of readdirSync(dist).map(name => join(dist, name))) {
    const text = readFileSync(file, 'utf8')
    const raised = text.replaceAll(/(HEADER\.version, |version !== |this one reads )2\b/g, (_, before) => {
      places++
      return `${before}3`
    })
    if (raised !== text) writeFileSync(file, raised)
  }
  // Three, once for each of the two module systems.
  expect(places).toBe(6)
}

function onEnd(...apps: App[]): void {
  onTestFinished(() => {
    for (const app of apps) app.kill()
  })
}
