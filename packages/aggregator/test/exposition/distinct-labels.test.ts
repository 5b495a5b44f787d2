import { expect, test } from 'vitest'
import { LivePage } from '../../src/exposition/live-page.ts'
import { negotiate } from '../../src/exposition/negotiate.ts'
import { SharedMeterProvider } from '../../src/instrument/shared-meter-provider.ts'
import { DirectoryReader } from '../../src/snapshot/directory-reader.ts'
import { testProvider } from '../provider.ts'

const PROTOBUF =
  'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited'

test('attributes that become the same labels are two samples, in every format, and one warning', () => {
  const { meter, directory } = testProvider()
  const counter = meter.createCounter('orders')
  counter.add(1, { code: 200 })
  counter.add(2, { code: '200' })
  counter.add(3, { 'a.b': 'x;y' })
  counter.add(4, { 'a.b': 'x', a_b: 'y' })
  counter.add(5)
  counter.add(6, { otel_scope_name: 'mine' })
  counter.add(7, { 'otel.scope.name': 'mine' })
  const warnings: string[] = []
  const page = new LivePage(new DirectoryReader(directory), { warn: line => warnings.push(line) })
  page.update()
  const lines = (accept?: string) =>
    page
      .write(negotiate(accept))
      .toString()
      .split('\n')
      .filter(line => line.startsWith('orders_total{'))
  const scope = 'otel_scope_name="test"'
  const expected = [
    `orders_total{code="200",${scope}} 1`,
    `orders_total{code="200",${scope},tutti_duplicate="2"} 2`,
    `orders_total{a_b="x;y",${scope}} 3`,
    `orders_total{a_b="x;y",${scope},tutti_duplicate="2"} 4`,
    `orders_total{${scope}} 5`,
    `orders_total{${scope},tutti_duplicate="2"} 6`,
    `orders_total{${scope},tutti_duplicate="3"} 7`,
  ]
  expect(lines()).toEqual(expected)
  expect(lines('application/openmetrics-text')).toEqual(expected)
  expect(page.write(negotiate(PROTOBUF)).toString('latin1').split('tutti_duplicate')).toHaveLength(5)
  // Each format says it once, of the family.
  expect(new Set(warnings)).toEqual(
    new Set([
      'orders_total has different attributes that become the same labels, a number here and a text there: they are ' +
        'told apart by the label tutti_duplicate.',
    ]),
  )
})

test('a series that goes and comes back is not taken for another one', async () => {
  const { directory } = testProvider()
  const page = new LivePage(new DirectoryReader(directory), { warn: () => {} })
  for (let life = 0; life < 5; life++) {
    const provider = new SharedMeterProvider({ directory, warn: () => {} })
    const open = provider.getMeter('test').createUpDownCounter('open')
    for (let pool = 0; pool < 20; pool++) open.add(1, { pool })
    for (let pool = 0; pool < 20; pool++) open.add(2, { pool: String(pool), life })
    page.update()
    const text = page.write(negotiate(undefined)).toString()
    expect(text.match(/^open\{/gm)).toHaveLength(40)
    expect(text).not.toContain('tutti_duplicate')
    await provider.shutdown()
    page.update()
    expect(page.write(negotiate(undefined)).toString()).not.toContain('open{')
  }
})

test('an attribute can not pass for what tells series apart, or for the name', () => {
  const { meter, directory } = testProvider()
  meter.createCounter('orders').add(1, { tutti_duplicate: 2, tutti_definition: 2, __name__: 'evil' })
  const page = new LivePage(new DirectoryReader(directory), {
    warn: () => {},
    translationStrategy: 'NoTranslation',
  })
  page.update()
  expect(page.write(negotiate(undefined)).toString()).toContain(
    'orders{exported___name__="evil",exported_tutti_definition="2",exported_tutti_duplicate="2",otel_scope_name="test"} 1',
  )
})
