import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { counter, defineCatalog, freeText } from '@tutti/business-metrics'
import { parsePage } from '@tutti/console'
import { expect, test } from 'vitest'
import { CODES } from '../../src/commands/lint/finding.ts'
import { lintPage } from '../../src/commands/lint/lint-page.ts'
import { tutti } from '../process.ts'
import { startService } from '../service.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const LIMITS = { maxSeries: 3, maxValues: 2 }

/** The codes of what is found in a family of that type, with one sample unless others are given. */
function codes(
  name: string,
  type: string,
  samples: string[] = [`${name} 1`],
  help: string = 'Help.',
): string[] {
  const typed = type === '' ? '' : `# TYPE ${name} ${type}\n`
  const page = parsePage(`# HELP ${name} ${help}\n${typed}${samples.join('\n')}\n`)
  return lintPage(page, LIMITS).map(({ code }) => code)
}

test('names: characters, types and units that they should not have', () => {
  expect(codes('orders_total', 'counter')).toEqual([])
  expect(codes('queue_age_seconds', 'gauge')).toEqual([])
  expect(codes('orders', 'counter')).toEqual(['counter-total'])
  expect(codes('orders_total', 'gauge')).toEqual(['counter-total'])
  expect(codes('ordersTaken_total', 'counter')).toEqual(['name-characters'])
  expect(codes('orders_gauge', 'gauge')).toEqual(['name-type'])
  expect(codes('orders_sum', 'gauge')).toEqual(['name-type'])
  expect(codes('age_milliseconds', 'gauge')).toEqual(['unit-base'])
  expect(codes('sent_megabytes_total', 'counter')).toEqual(['unit-base'])
  expect(codes('age_ms', 'gauge')).toEqual(['unit-name'])
  expect(codes('age_seconds', 'gauge', ['age_seconds 1'], '')).toEqual(['help-missing'])
  expect(codes('age_seconds', '')).toEqual(['type-missing'])
})

test('labels: reserved names, ids as values, too many of them', () => {
  expect(codes('a', 'gauge', ['a{job="x"} 1'])).toEqual(['label-reserved'])
  expect(codes('a', 'gauge', ['a{__x="x"} 1'])).toEqual(['label-reserved'])
  expect(codes('a', 'gauge', ['a{le="1"} 1'])).toEqual(['label-reserved'])
  expect(codes('a', 'gauge', ['a{userName="x"} 1'])).toEqual(['label-characters'])
  for (const value of ['7f9c24e8-3b12-4fef-91e0-bd1f7d4a2f55', 'a@b.example', '/users/12345', '1700000000'])
    expect(codes('a', 'gauge', [`a{x="${value}"} 1`])).toEqual(['label-identifier'])
  expect(codes('a', 'gauge', ['a{x="1"} 1', 'a{x="2"} 1', 'a{x="3"} 1'])).toEqual(['label-values'])
  const four = ['1', '2'].flatMap(x => ['1', '2'].map(y => `a{x="${x}",y="${y}"} 1`))
  expect(codes('a', 'gauge', four)).toEqual(['cardinality'])
  expect(codes('a', 'gauge', ['a{otel_metric_overflow="true"} 1'])).toEqual(['overflow'])
  expect(codes('a', 'gauge', ['a{tutti_duplicate="1"} 1'])).toEqual(['name-clash'])
  expect(codes('a', 'gauge', ['a 1', 'a{'])).toEqual(['page-line'])
})

test("the preload's own page has nothing to be found", async () => {
  const service = await startService()
  await service.request('/orders/1')
  const { code, stdout } = await tutti(['lint', service.url])
  await service.stop()
  expect(stdout).toMatch(/^\d+ metrics, nothing found\n$/)
  expect(code).toBe(0)
})

test('findings of a page: exit code 1, the mend with each, JSON, and codes that are left out', async () => {
  const page = '# TYPE jobs counter\njobs{job="a"} 1\n'
  const [plain, json, ignored, unknown] = await Promise.all([
    tutti(['lint', '-'], {}, page),
    tutti(['lint', '-', '--json'], {}, page),
    tutti(['lint', '-', '-i', 'counter-total', '-i', 'label-reserved', '-i', 'help-missing'], {}, page),
    tutti(['lint', '-', '-i', 'counter-totals'], {}, page),
  ])
  expect(plain.code).toBe(1)
  expect(plain.stdout.split('\n')[0]).toBe(
    'jobs  counter-total  a counter that does not end in _total. Call it jobs_total.',
  )
  expect(plain.stdout).toContain('1 metrics, 3 findings')
  expect(JSON.parse(json.stdout)).toMatchObject({ source: 'standard input', checked: 1 })
  expect(JSON.parse(json.stdout).findings.map((each: { code: string }) => each.code)).toEqual([
    ...['counter-total', 'help-missing', 'label-reserved'],
  ])
  expect([ignored.code, ignored.stdout]).toEqual([0, '1 metrics, nothing found\n'])
  expect(unknown.stderr).toBe(`tutti: --ignore is "counter-totals". Give one of ${CODES.join(', ')}.\n`)
})

test('a catalog is checked before anything is recorded', async () => {
  const catalog = defineCatalog(
    { name: 'lint-test' },
    {
      orders: counter({ name: 'orders', description: 'Orders.', labels: { channel: ['web', 'app'] } }),
      polls: counter({
        name: 'polls',
        description: 'Polls.',
        labels: { host: freeText({ limit: 500 }), kind: ['a', 'b', 'c'] },
      }),
    },
  )
  const path = join(temporaryDirectory(), 'catalog.json')
  writeFileSync(path, JSON.stringify(catalog.describe()))
  const { code, stdout } = await tutti(['lint', path, '--json'])
  expect(code).toBe(1)
  expect(
    JSON.parse(stdout).findings.map((each: { metric: string; code: string }) => [each.metric, each.code]),
  ).toEqual([
    ['polls_total', 'label-values'],
    ['polls_total', 'cardinality'],
  ])
})

test('a catalog of anybody else is checked for units and names, too', async () => {
  const labels = [{ name: 'instance', values: ['a'] }]
  const instrument = {
    kind: 'histogram',
    name: 'age',
    prometheusName: 'age_ms',
    description: '',
    unit: 'ms',
    labels,
  }
  const catalog = { name: 'mine', metrics: [{ instruments: [instrument] }] }
  const { stdout } = await tutti(['lint', '-', '--json'], {}, JSON.stringify([catalog, catalog]))
  const found = JSON.parse(stdout).findings.map((each: { code: string }) => each.code)
  const once = ['unit-name', 'unit-base', 'help-missing', 'label-reserved']
  expect(found).toEqual([...once, 'name-clash', ...once])
})

test('what is neither a page nor a catalog is an error', async () => {
  const [json, text] = await Promise.all([tutti(['lint', '-'], {}, '{"a":1}'), tutti(['lint', '-'], {}, '')])
  expect(json.stderr).toMatch(/is no catalog: it has no metrics\./)
  expect(text.stderr).toMatch(/holds neither a page nor a catalog\./)
  expect([json.code, text.code]).toEqual([2, 2])
})
