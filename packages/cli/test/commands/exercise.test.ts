import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startTutti, tutti } from '../process.ts'
import { startService } from '../service.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const CATALOG = 'apps/catalog.mjs'

interface Arrival {
  metric: string
  family: string
  arrived: boolean
  value: number
}

test('every metric of every shape is recorded once and arrives', async () => {
  const { code, stdout, stderr } = await tutti(['exercise', CATALOG, '--json'])
  expect([code, stderr]).toEqual([0, ''])
  const arrivals: Arrival[] = JSON.parse(stdout).metrics
  expect(new Set(arrivals.map(({ metric }) => metric)).size).toBe(12)
  expect(arrivals.filter(({ arrived }) => !arrived)).toEqual([])
  const value = (family: string) => arrivals.find(each => each.family === family)?.value
  expect(value('orders_total')).toBe(1)
  expect(value('checkout_total')).toBe(2)
  expect(value('checkout_errors_total')).toBe(1)
  expect(value('cache_lookups_total')).toBe(3)
})

test('what is switched off does not arrive: exit code 1', async () => {
  const { code, stdout } = await tutti(['exercise', CATALOG], { TUTTI_METRICS_ENABLED: 'false' })
  expect(code).toBe(1)
  expect(stdout).toMatch(/orders +counter +orders_total +0 {2}missing: it is/)
})

test('in the directory of a running service it counts among the others', async () => {
  const service = await startService()
  const { code } = await tutti(['exercise', CATALOG, '--directory', service.name])
  const page = await (await fetch(service.url)).text()
  await service.stop()
  expect(code).toBe(0)
  expect(page).toMatch(/^orders_total\{channel="web",shop="1",.*\} 1$/m)
})

test('its page is served until a signal', async () => {
  const exercise = startTutti(['exercise', CATALOG, '--port', '0'])
  const [, url] = await exercise.says('stderr', /the page is on (http:\S+) until Ctrl-C/)
  expect(await (await fetch(url)).text()).toMatch(/^basket_size_bytes_count\{.*\} 1$/m)
  expect(await exercise.stop('SIGTERM')).toBe(0)
})

test('a module without a catalog, or one that fails, is an error', async () => {
  const directory = temporaryDirectory()
  const [without, fails] = ['without.mjs', 'fails.mjs'].map(name => join(directory, name))
  writeFileSync(without, 'export const a = 1')
  writeFileSync(fails, 'throw new Error("broken")')
  const ended = await Promise.all([
    tutti(['exercise', without]),
    tutti(['exercise', fails]),
    tutti(['exercise', CATALOG, '--export', 'other']),
    tutti(['exercise']),
  ])
  expect(ended.map(({ code }) => code)).toEqual([2, 2, 2, 2])
  expect(ended[0].stderr).toContain('exports no catalog. Export what defineCatalog()')
  expect(ended[1].stderr).toContain("can't be loaded: broken.")
  expect(ended[2].stderr).toContain('exports no catalog as other. It has metrics.')
  expect(ended[3].stderr).toContain('no module is named.')
})
