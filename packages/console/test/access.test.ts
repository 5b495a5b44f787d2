import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@tutti/test-servers'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { openBrowser, openConsole } from './browser.ts'
import { type Service, startService } from './service.ts'

const browser: Browser | undefined = await openBrowser('access to the console in a browser')
const folder = mkdtempSync(join(tmpdir(), 'tutti-console-'))
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

/** Of the password "right", of the lowest cost. */
const HASH = '$2b$04$R5/5K0LtH8EFkxviWCODwOuQRd4SZrSNI2B0ER7MFUb9eoNPBu5ai'

describe.runIf(browser)('access', () => {
  let service: Service | undefined
  afterEach(async () => {
    await service?.stop()
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  test('a user and a password open it, and without them there is nothing to see', async () => {
    const web = write('web.yml', `basic_auth_users:\n  dev: ${HASH}\n`)
    service = await startService({ TUTTI_WEB_CONFIG_FILE: web })
    const refused = await fetch(service.url)
    expect([refused.status, await refused.text()]).toEqual([401, 'Unauthorized\n'])
    const { page, complaints } = await openConsole(browser!, service.url, {
      httpCredentials: { username: 'dev', password: 'right' },
    })
    await page.locator('[data-worker="2"]').waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('a token opens it where something sends it with every request', async () => {
    service = await startService({ TUTTI_BEARER_TOKEN_FILE: write('token', 'a-long-token-of-the-tests\n') })
    expect((await (await browser!.newPage()).goto(service.url))?.status()).toBe(401)
    const { page, complaints } = await openConsole(browser!, service.url, {
      extraHTTPHeaders: { authorization: 'Bearer a-long-token-of-the-tests' },
    })
    await page.locator('[data-worker="2"]').waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('a service that restarts is waited for, and its new run is no fall', async () => {
    const port = String(await freePort())
    service = await startService({ OTEL_EXPORTER_PROMETHEUS_PORT: port })
    await service.request('/orders/1', 20)
    const { page } = await openConsole(browser!, service.url)
    await page.locator('[data-route="GET /orders/:id"]').waitFor()
    await service.stop()
    await page.getByRole('alert').getByText('The service does not answer.').waitFor()
    service = await startService({ OTEL_EXPORTER_PROMETHEUS_PORT: port })
    await service.request('/orders/1', 5)
    await page.getByRole('status').getByText(/^live/).waitFor()
    const total = page.locator('[data-route="GET /orders/:id"] [data-measure="total"]')
    await expect.poll(() => total.getAttribute('data-value'), { timeout: 60_000 }).toBe('5')
    const rate = page.locator('[data-route="GET /orders/:id"] [data-measure="rate"]')
    expect(Number(await rate.getAttribute('data-value'))).toBeGreaterThanOrEqual(0)
    await page.context().close()
  })

  test('nobody is asked while it is paused', async () => {
    service = await startService()
    const { page } = await openConsole(browser!, service.url)
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.waitForLoadState('networkidle')
    const scrapes = () => service!.metric('tutti_scrapes_total')
    const before = await scrapes()
    let asked = 0
    page.on('request', () => asked++)
    await page.waitForTimeout(2_000)
    expect(asked).toBe(0)
    expect(await scrapes()).toBe(before + 1)
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect.poll(() => asked, { timeout: 60_000 }).toBeGreaterThan(3)
    await page.context().close()
  })
})
