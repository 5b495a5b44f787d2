import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findDebianTool } from '@tutti/test-servers'
import type { FilledDashboard } from './content.ts'
import { record } from './record.ts'
import { openStudio } from './studio.ts'

/**
 * `npm run --workspace @tutti/monitoring pictures`: docs/pictures/dashboard-*.png, from the control plane in trouble.
 * Takes six minutes. With `-- --data <file>` what Prometheus said is kept in that file, and taken from it if it is there.
 */
const folder = fileURLToPath(new URL('../../../docs/pictures', import.meta.url))
const bytesLimit = 250_000

const { values } = parseArgs({ options: { data: { type: 'string' } } })
const pngquant = await findDebianTool('pngquant', 'pngquant')
const studio = await openStudio()
if (studio === undefined || pngquant === undefined)
  throw new Error(
    'There is no Chromium or no pngquant, and it can not be installed: run this as root on Debian.',
  )
try {
  mkdirSync(folder, { recursive: true })
  for (const dashboard of await dashboardsOf(values.data)) {
    const { png: whole, empty, blank } = await studio.draw(dashboard)
    const png = withFewColours(whole, pngquant)
    const name = `dashboard-${dashboard.slug}.png`
    writeFileSync(join(folder, name), png)
    const missing = [...empty, ...blank.map(title => `${title} (not drawn)`)].join(', ')
    console.log(`${name}  ${Math.round(png.length / 1_000)} kB${missing && `  without data: ${missing}`}`)
    if (png.length > bytesLimit) {
      console.error(`${name} has more than ${bytesLimit / 1_000} kB.`)
      process.exitCode = 1
    }
  }
} finally {
  await studio.close()
}

/** A quarter of the bytes, and nobody sees the difference. */
function withFewColours(png: Buffer, program: string): Buffer {
  return execFileSync(program, ['--speed', '1', '--nofs', '64', '-'], { input: png, maxBuffer: 1e8 })
}

async function dashboardsOf(file: string | undefined): Promise<FilledDashboard[]> {
  if (file !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  const dashboards = await record(line => console.log(line))
  if (file !== undefined) writeFileSync(file, JSON.stringify(dashboards))
  return dashboards
}
