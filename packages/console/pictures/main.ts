// docs/pictures/console-*.png. `npm start` in one terminal, and in another, when it has run for a minute or two:
//   npm run --workspace @tutti/console pictures -- [url] [seconds to watch it]
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findDebianTool } from '@tutti/test-servers'
import type { Browser } from 'playwright-core'
import { openBrowser, openConsole } from '../test/browser.ts'
import { startService } from '../test/service.ts'

const url = process.argv[2] ?? 'http://localhost:9464/'
const watchedSeconds = Number(process.argv[3] ?? 75)
const folder = fileURLToPath(new URL('../../../docs/pictures/', import.meta.url))

const PICTURES = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 1500 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 1500 } },
  { name: 'narrow', colorScheme: 'light', viewport: { width: 360, height: 1400 } },
] as const

const browser = await openBrowser('the pictures of the console')
if (browser === undefined) process.exit(1)
mkdirSync(folder, { recursive: true })
const pngquant = await findDebianTool('pngquant', 'pngquant')
await pictureService(browser)
await pictureTrouble(browser)
await browser.close()

/** The whole console, of the service that runs. */
async function pictureService(browser: Browser): Promise<void> {
  const pages = await Promise.all(
    PICTURES.map(async ({ name, ...options }) => ({ name, ...(await openConsole(browser, url, options)) })),
  )
  for (const { page } of pages) await page.getByText('1 min', { exact: true }).click()
  await new Promise(resolve => setTimeout(resolve, watchedSeconds * 1_000))
  for (const { name, page } of pages) {
    await page.bringToFront()
    await page.mouse.move(0, 0)
    await page.screenshot({ path: fileOf(name) })
    compress(name)
  }
}

/** Workers of a service of its own: one is blocked, one is killed. */
async function pictureTrouble(browser: Browser): Promise<void> {
  const service = await startService()
  const { page } = await openConsole(browser, service.url)
  service.fork()
  await page.locator('[data-worker="3"][data-health="ok"]').waitFor()
  await service.request('/orders/1', 200)
  const [, blocked, killed] = await service.workers()
  service.kill(killed.pid)
  service.block(blocked.pid, 6_000)
  await page.locator('[data-health="killed"]').waitFor()
  await page.locator('[data-health="blocked"]').waitFor()
  await page.locator('#workers').screenshot({ path: fileOf('workers') })
  compress('workers')
  await service.stop()
}

function fileOf(name: string): string {
  return `${folder}console-${name}.png`
}

/** A palette of 256 colours is enough for what is drawn here. */
function compress(name: string): void {
  if (pngquant !== undefined)
    execFileSync(pngquant, ['--force', '--skip-if-larger', '--ext', '.png', fileOf(name)])
  console.log(`docs/pictures/console-${name}.png`)
}
