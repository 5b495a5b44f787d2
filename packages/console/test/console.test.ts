import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, openConsole } from './browser.ts'
import { type Service, startService } from './service.ts'

const browser: Browser | undefined = await openBrowser('the console in a browser')
const POLL = { timeout: 60_000, interval: 100 }

describe.runIf(browser)('in a browser', () => {
  let service: Service
  beforeAll(async () => {
    service = await startService()
    await service.request('/orders/1', 1)
  })
  afterAll(async () => {
    await service?.stop()
    await browser?.close()
  })

  const open = (options = {}) => openConsole(browser!, service.url, options)

  test('charts and tables show the numbers that the generator produced', async () => {
    const { page, complaints, asked } = await open()
    // What came before the console was opened has no history: from here on every request is drawn.
    await page.locator('[data-route="GET /orders/:id"]').waitFor()
    await page.getByRole('button', { name: 'Table of Latency of requests' }).click()
    await page.locator('.tall tbody tr').nth(2).waitFor()
    await service.request('/orders/2', 40)
    await service.request('/fails', 8)
    await service.request('/slow', 3)

    // The heat map's columns hold each request once, in the bucket of its duration.
    await expect.poll(() => heatSum(page), POLL).toBe(40 + 8 + 3)
    expect(await heatSum(page, '≤ 500 ms')).toBe(3)
    await expect.poll(() => cell(page, 'GET /orders/:id', 'total'), POLL).toBe(41)
    expect(await cell(page, 'GET /fails', 'total')).toBe(8)
    expect(await cell(page, 'GET /slow', 'total')).toBe(3)

    // A route that is chosen is shown alone.
    await page.getByRole('button', { name: 'GET /orders/:id' }).click()
    await expect.poll(() => heatSum(page), POLL).toBe(40)
    await page.getByRole('button', { name: 'GET /orders/:id' }).click()

    // A metric of the app's own, and any series by its label.
    const business = page.locator('#business [data-family="shop_tickets_sold_total"]')
    await business.getByText('Tickets that were paid.').waitFor()
    await business.locator('summary').click()
    await expect
      .poll(() => business.locator('tbody tr').textContent(), POLL)
      .toMatch(/^hall="large".*\/s123$/)
    await page.getByRole('searchbox').fill('route=/slow status_code=200')
    await page
      .locator('#series')
      .getByRole('status')
      .getByText(/^[1-9]\d? metrics, [1-9]\d? series$/)
      .waitFor()
    await page
      .locator('#series [data-family="http_server_request_duration_seconds"]')
      .getByText('1 series')
      .waitFor()

    expect(complaints).toEqual([])
    expect([...asked]).toEqual([new URL(service.url).origin])
    await page.getByRole('link', { name: 'Raw page' }).click()
    await page.getByText('http_server_request_duration_seconds_count').first().waitFor()
    await page.context().close()
  })

  test('rates in the chart, its legend and the table are the same numbers', async () => {
    const { page } = await open()
    await page.locator('[data-route="GET /orders/:id"]').waitFor()
    await page.getByRole('button', { name: 'Table of Requests by route' }).click()
    await service.request('/orders/3', 20)
    const chart = page.locator('figure', { hasText: 'Requests by route' })
    const row = chart.locator('tbody tr').first()
    await expect.poll(() => cell(page, 'GET /orders/:id', 'rate'), POLL).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Pause' }).click()
    const column = (await chart.locator('thead th').allInnerTexts()).indexOf('GET /orders/:id')
    const drawn = Number(
      await row
        .locator('td')
        .nth(column - 1)
        .getAttribute('data-value'),
    )
    const legend = chart.locator('.legend li', { hasText: 'GET /orders/:id' }).locator('.value')
    expect(drawn).toBeGreaterThan(0)
    expect(Number(await legend.getAttribute('data-value'))).toBe(drawn)
    expect(await cell(page, 'GET /orders/:id', 'rate')).toBe(drawn)
    await page.context().close()
  })

  test.each(['light', 'dark'] as const)('axe finds nothing serious in the %s theme', async colorScheme => {
    const { page } = await open({ colorScheme })
    await page.locator('[data-route="GET /orders/:id"]').waitFor()
    await page.locator('#business summary').first().click()
    await page.getByRole('button', { name: 'Table of Requests by route' }).click()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(
      violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(each => each.html).join(' ')}`),
    ).toEqual([])
    await page.context().close()
  })

  test('at 360 pixels nothing is wider than the screen', async () => {
    const { page } = await open({ viewport: { width: 360, height: 740 } })
    await page.locator('[data-route="GET /orders/:id"]').waitFor()
    await page.locator('#series summary').first().click()
    const widths = await page.evaluate(() => {
      const wide = [...document.querySelectorAll('main *')].filter(
        each =>
          each.getBoundingClientRect().right > innerWidth + 1 &&
          each.closest('.moments, .series, thead') === null,
      )
      return [document.documentElement.scrollWidth, wide.map(each => each.outerHTML.slice(0, 80))]
    })
    expect(widths).toEqual([360, []])
    await page.context().close()
  })

  test('the keyboard reaches everything, and moves through time', async () => {
    const { page } = await open()
    await page.locator('[data-route="GET /orders/:id"]').waitFor()
    await page.getByText('1 min', { exact: true }).click()
    const chart = page.getByRole('slider', { name: 'Requests by route, moment' })
    await expect.poll(async () => Number(await chart.getAttribute('aria-valuemax')), POLL).toBeGreaterThan(3)
    await page.getByRole('button', { name: 'Pause' }).press('Enter')

    // Of the choices of a group the keyboard reaches one; arrows lead to the others.
    const stops = page.locator(
      'a, button, summary, [role="slider"], section.series, input:checked, input[type="search"]',
    )
    const missed = await stops.evaluateAll(all => {
      Object.assign(globalThis, { stops: new Set(all) })
      document.addEventListener('focusin', ({ target }) => stopsLeft().delete(target as Element))
      function stopsLeft(): Set<Element> {
        return (globalThis as unknown as { stops: Set<Element> }).stops
      }
      return all.length
    })
    expect(missed).toBeGreaterThan(60)
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    for (let press = 0; press < missed + 3; press++) await page.keyboard.press('Tab')
    const left = await page.evaluate(() =>
      [...(globalThis as unknown as { stops: Set<Element> }).stops].map(each => each.outerHTML.slice(0, 120)),
    )
    expect(left).toEqual([])

    await chart.focus()
    await chart.press('Home')
    const first = await chart.getAttribute('aria-valuetext')
    expect(first).toMatch(/^\d\d:\d\d:\d\d: .*GET \/orders\/:id/)
    await chart.press('ArrowRight')
    await expect.poll(() => chart.getAttribute('aria-valuenow'), POLL).toBe('1')
    expect(await chart.getAttribute('aria-valuetext')).not.toBe(first)
    await page.context().close()
  })
})

/** What the table of the heat map adds up to, in all buckets or one. */
async function heatSum(page: Page, bucket?: string): Promise<number> {
  return page.locator('.tall table').evaluate((table, wanted) => {
    const titles = [...table.querySelectorAll('thead th')].slice(1).map(each => each.textContent)
    let sum = 0
    for (const row of table.querySelectorAll('tbody tr'))
      for (const [at, each] of [...row.querySelectorAll('td')].entries())
        if (wanted === undefined || titles[at] === wanted) sum += Number(each.dataset.value) || 0
    return sum
  }, bucket)
}

async function cell(page: Page, route: string, measure: string): Promise<number> {
  return Number(
    await page.locator(`[data-route="${route}"] [data-measure="${measure}"]`).getAttribute('data-value'),
  )
}
