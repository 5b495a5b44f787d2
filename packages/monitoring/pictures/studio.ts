import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findDebianTool } from '@tutti/test-servers'
import { chromium, type Route } from 'playwright-core'
import type { FilledDashboard } from './content.ts'

export interface Picture {
  png: Buffer
  /** Panels that say "No data". */
  empty: string[]
  /** Panels that have data, of which nothing is to be seen. */
  blank: string[]
}

export interface Studio {
  draw(dashboard: FilledDashboard): Promise<Picture>
  close(): Promise<void>
}

const origin = 'http://pictures.test'

/** A real browser that draws dashboards. Undefined where Chromium can't be had. It asks nobody for anything. */
export async function openStudio(): Promise<Studio | undefined> {
  const executablePath = await findDebianTool('chromium', 'chromium')
  if (executablePath === undefined) return undefined
  // Containers have no room for Chromium's own sandbox; it opens nothing but the files beside this one.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } })
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  await page.route('**', answer)
  await page.goto(`${origin}/`)
  await page.waitForFunction('window.drawDashboard !== undefined')
  return {
    async draw(dashboard) {
      const states = await page.evaluate(
        given => (globalThis as unknown as { drawDashboard: Draw }).drawDashboard(given),
        dashboard,
      )
      if (errors.length > 0) throw new Error(`The browser says: ${errors.join('; ')}`)
      const png = await page.locator('#dashboard').screenshot({ animations: 'disabled' })
      const titles = (state: string) => states.filter(each => each.state === state).map(({ title }) => title)
      return { png, empty: titles('empty'), blank: titles('blank') }
    },
    close: () => browser.close(),
  }
}

type Draw = (dashboard: FilledDashboard) => Promise<{ title: string; state: 'drawn' | 'empty' | 'blank' }[]>

const chartLibrary = fileURLToPath(import.meta.resolve('uplot/dist/uPlot.esm.js'))

const html = `<!doctype html><meta charset="utf-8"><title>Dashboard</title>
<link rel="stylesheet" href="/uPlot.css"><link rel="stylesheet" href="/browser/style.css">
<script type="importmap">{"imports":{"uplot":"/uPlot.js"}}</script>
<main id="dashboard"></main><script type="module" src="/browser/main.ts"></script>`

/** The page and its modules, the types of which Node takes away. */
async function answer(route: Route): Promise<void> {
  const { pathname } = new URL(route.request().url())
  const fulfill = (contentType: string, body: string) => route.fulfill({ contentType, body })
  if (pathname === '/') return fulfill('text/html', html)
  if (pathname === '/uPlot.js') return fulfill('text/javascript', readFileSync(chartLibrary, 'utf8'))
  if (pathname === '/uPlot.css')
    return fulfill('text/css', readFileSync(chartLibrary.replace('uPlot.esm.js', 'uPlot.min.css'), 'utf8'))
  if (!pathname.startsWith('/browser/')) return route.fulfill({ status: 404 })
  const text = readFileSync(join(import.meta.dirname, pathname), 'utf8')
  if (pathname.endsWith('.css')) return fulfill('text/css', text)
  return fulfill('text/javascript', stripTypeScriptTypes(text))
}
