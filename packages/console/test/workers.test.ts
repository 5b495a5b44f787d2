import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, openConsole } from './browser.ts'
import { type Service, startService } from './service.ts'

const browser: Browser | undefined = await openBrowser('the rows of workers in a browser')

/** What is promised. A busy machine may miss it now and then: of so many attempts so many have to be in time. */
const WITHIN_MS = 2_000
const ATTEMPTS = { inTime: 3, most: 8 }
const POLL = { timeout: 60_000, interval: 100 }

describe.runIf(browser)('workers in a browser', () => {
  let service: Service
  beforeAll(async () => {
    service = await startService()
  })
  afterAll(async () => {
    await service?.stop()
    await browser?.close()
  })

  test('each has a row: its process, and the requests that it answered itself', async () => {
    const { page, complaints } = await openConsole(browser!, service.url)
    await page.locator('[data-worker="2"]').waitFor()
    const rows = await page.locator('#workers tbody tr').count()
    expect(rows).toBe(3)
    const told = await service.workers()
    for (const { worker, pid } of told)
      expect(await page.locator(`[data-worker="${worker}"]`).getAttribute('data-pid')).toBe(String(pid))
    await service.request('/orders/1', 30)
    const after = await service.workers()
    expect(after.reduce((sum, { requests }) => sum + requests, 0)).toBe(30)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('one that is blocked says so within two seconds, and is well again when it is', async () => {
    const { page } = await openConsole(browser!, service.url)
    const inTime = await countInTime(async () => {
      const { worker, pid } = (await service.workers())[1]
      await row(page, worker, 'ok').waitFor()
      const seen = await whenSeen(page, `[data-worker="${worker}"][data-health="blocked"]`)
      const beganMs = Date.now()
      service.block(pid, 3_000)
      const tookMs = (await seen()) - beganMs
      await page.locator('#workers').getByRole('status').getByText(`Worker ${worker} is blocked.`).waitFor()
      await row(page, worker, 'ok').waitFor()
      return tookMs
    })
    expect(inTime).toBe(ATTEMPTS.inTime)
    await page.context().close()
  })

  test('one that is killed says so within two seconds; who takes its number shows the crash', async () => {
    const { page } = await openConsole(browser!, service.url)
    let crashes = 0
    const inTime = await countInTime(async () => {
      const { worker, pid } = (await service.workers())[2]
      const seen = await whenSeen(page, `[data-worker="${worker}"][data-health="killed"]`)
      const beganMs = Date.now()
      service.kill(pid)
      const tookMs = (await seen()) - beganMs
      crashes++
      // A number is free when what its last holder counted is in the ledger.
      await expect.poll(() => service.metric('tutti_folded_segments_total'), POLL).toBe(crashes)
      service.fork()
      const successor = page.locator(`[data-worker="${worker}"]:not([data-health="killed"])`)
      await successor.waitFor()
      expect(await successor.getAttribute('data-pid')).not.toBe(String(pid))
      expect(await successor.locator('[data-label="Crashes"]').textContent()).toBe(String(crashes))
      expect(await successor.locator('[data-label="Restarts"]').textContent()).toBe(String(crashes))
      return tookMs
    })
    expect(inTime).toBe(ATTEMPTS.inTime)
    await page.context().close()
  })
})

/** How many attempts were in time: no more are made than are needed. */
async function countInTime(attempt: () => Promise<number>): Promise<number> {
  let inTime = 0
  for (let count = 0; count < ATTEMPTS.most && inTime < ATTEMPTS.inTime; count++)
    if ((await attempt()) <= WITHIN_MS) inTime++
  return inTime
}

function row(page: Page, worker: number, health: string) {
  return page.locator(`[data-worker="${worker}"][data-health="${health}"]`)
}

/** When the page first shows something, by the clock of this machine, which the browser shares. */
async function whenSeen(page: Page, selector: string): Promise<() => Promise<number>> {
  const watched = await page.evaluateHandle(wanted => {
    const seen = new Promise<number>(resolve => {
      const look = () => document.querySelector(wanted) && resolve(Date.now())
      new MutationObserver(look).observe(document.body, {
        subtree: true,
        childList: true,
        attributes: true,
      })
    })
    return { seen }
  }, selector)
  return () => watched.evaluate(({ seen }) => seen)
}
