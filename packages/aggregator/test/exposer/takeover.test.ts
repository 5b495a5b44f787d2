import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { type App, forkApp } from '../apps/fork.ts'
import { parsePlainly } from '../page.ts'
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
