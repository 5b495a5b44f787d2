// The pictures of docs/pictures/console-*.png, of a service that runs: `npm start`, wait a minute or two, then this.
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openBrowser, openConsole } from '../test/browser.ts'

const url = process.argv[2] ?? 'http://localhost:9464/'
const watchedSeconds = Number(process.argv[3] ?? 75)
const folder = fileURLToPath(new URL('../../../docs/pictures/', import.meta.url))
mkdirSync(folder, { recursive: true })

const PICTURES = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 1500 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 1500 } },
  { name: 'narrow', colorScheme: 'light', viewport: { width: 360, height: 1400 } },
] as const

const browser = await openBrowser('the pictures of the console')
if (browser === undefined) process.exit(1)
const pages = await Promise.all(
  PICTURES.map(async ({ name, ...options }) => ({ name, ...(await openConsole(browser, url, options)) })),
)
for (const { page } of pages) await page.getByText('1 min', { exact: true }).click()
await new Promise(resolve => setTimeout(resolve, watchedSeconds * 1_000))
for (const { name, page } of pages) {
  await page.bringToFront()
  await page.screenshot({ path: `${folder}console-${name}.png` })
  console.log(`docs/pictures/console-${name}.png`)
}
await browser.close()
