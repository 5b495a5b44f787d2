import { findDebianTool, notRun } from '@tutti/test-servers'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Debian's Chromium; undefined, and said, where there is none and none can be had. */
export async function openBrowser(what: string): Promise<Browser | undefined> {
  const executablePath = await findDebianTool('chromium', 'chromium')
  if (executablePath === undefined) {
    notRun(what, 'there is no chromium, and it could not be installed from Debian')
    return undefined
  }
  return chromium.launch({ executablePath, args: FLAGS, timeout: 120_000 })
}

/** A page of the console, and everything that it complained of. */
export async function openConsole(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[]; asked: Set<string> }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const complaints: string[] = []
  const asked = new Set<string>()
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('request', request => asked.add(new URL(request.url()).origin))
  await page.goto(url)
  await page.getByRole('status').getByText(/^live/).waitFor()
  return { page, complaints, asked }
}
