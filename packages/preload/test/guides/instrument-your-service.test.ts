import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '@tutti/test-servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pageUrl, readPageAt } from '../page.ts'
import { type Running, start } from '../process.ts'

const guide = readFileSync(
  new URL('../../../../docs/guides/instrument-your-service.md', import.meta.url),
  'utf8',
)
const folder = mkdtempSync(join(tmpdir(), 'orders-'))
let app: Running
let url: string

beforeAll(async () => {
  symlinkSync(new URL('../../../../node_modules', import.meta.url).pathname, join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{"name":"orders","type":"module"}')
  for (const [, file, code] of guide.matchAll(/^```js (\S+)\n(.*?)^```$/gms))
    writeFileSync(join(folder, file!), code!)
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  const preload = createRequire(import.meta.url).resolve('@tutti/preload')
  app = start(['--require', preload, join(folder, 'server.js')], { PORT: `${port}` })
  await untilServed()
})
afterAll(async () => {
  await app.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('it says one line, as the guide shows it', async () => {
  await pageUrl(app)
  const shown = block('said')[0]!.split(' http')[0]!
  expect(app.stderr().match(/^tutti: /gm)).toHaveLength(1)
  expect(app.stderr()).toContain(shown)
})

test('the page is the one that the guide shows', async () => {
  for (let id = 1; id <= 6; id++) await fetch(`${url}/orders/${id}`)
  await post({ channel: 'web', items: ['book'] })
  await post({ channel: 'app' })
  await untilOnPage('page')
  expect(await samples()).toMatchObject({ 'order_total{channel="web",outcome="failure"}': 0 })
})

test('a worker that is killed takes nothing with it', async () => {
  const { worker } = (await (await fetch(`${url}/orders/7`)).json()) as { worker: number }
  process.kill(worker, 'SIGKILL')
  await untilOnPage('after')
})

function post(order: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(`${url}/orders`, { method: 'POST', headers, body: JSON.stringify(order) })
}

function block(name: string): string[] {
  return guide.split(`\`\`\`text ${name}\n`)[1]!.split('```')[0]!.trim().split('\n')
}

async function samples(): Promise<Record<string, number>> {
  return readPageAt(await pageUrl(app))
}

async function untilOnPage(name: string): Promise<void> {
  const shown = Object.fromEntries(
    block(name).map(line => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  )
  for (let attempt = 0; ; attempt++) {
    try {
      return expect(await samples()).toMatchObject(shown)
    } catch (error) {
      if (attempt === 50) throw error
      await wait(100)
    }
  }
}

/** Asks for nothing: each request is counted. */
async function untilServed(): Promise<void> {
  const { connect } = await import('node:net')
  for (let attempt = 0; attempt < 300; attempt++) {
    const served = await new Promise<boolean>(resolve => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1')
      socket.once('connect', () => resolve(socket.destroy() !== undefined))
      socket.once('error', () => resolve(false))
    })
    if (served) return
    await wait(50)
  }
  throw new Error(`nobody serves ${url}:\n${app.stderr()}`)
}
