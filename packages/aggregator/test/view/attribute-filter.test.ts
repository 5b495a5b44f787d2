import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api'
import {
  createAllowListAttributesProcessor as allow,
  createDenyListAttributesProcessor as deny,
} from '@opentelemetry/sdk-metrics'
import { expect, test } from 'vitest'
import { testProvider } from '../provider.ts'

test('attributes that a view leaves out are added up, whatever they say', async () => {
  const { meter, page } = testProvider({
    views: [{ instrumentName: 'orders', attributesProcessors: [allow(['country', 'tier']), deny(['tier'])] }],
  })
  const orders = meter.createCounter('orders')
  for (let user = 0; user < 100; user++) orders.add(1, { user, country: 'ch', tier: 'gold' })
  orders.add(5, { tier: 'none' })
  orders.bind({ country: 'ch', user: 'bound' }).add(10)
  expect(await page()).toMatchObject({ 'orders_total{country="ch"}': 110, orders_total: 5 })
})

test('a processor sees every set of attributes once, and nothing when they come again', async () => {
  const seen: unknown[] = []
  const counting = {
    process: (attributes: object) => {
      seen.push(attributes)
      return { kind: 'all' }
    },
  }
  const { meter, page } = testProvider({ views: [{ instrumentName: '*', attributesProcessors: [counting] }] })
  const orders = meter.createCounter('orders')
  for (let round = 0; round < 100; round++) {
    orders.add(1, { id: 1 })
    orders.add(1, { id: 2 })
  }
  expect(seen).toEqual([{ id: 1 }, { id: 2 }])
  expect(await page()).toMatchObject({ 'orders_total{kind="all"}': 200 })
})

test('a processor that asks the context is asked every time, with the context of the measurement', async () => {
  const tenant = createContextKey('tenant')
  const byTenant = {
    process: (attributes: object, asked: typeof ROOT_CONTEXT = ROOT_CONTEXT) => ({
      ...attributes,
      tenant: String(asked.setValue(createContextKey('more'), 1).getValue(tenant)),
    }),
  }
  const { meter, page } = testProvider({ views: [{ instrumentName: '*', attributesProcessors: [byTenant] }] })
  const orders = meter.createCounter('orders')
  orders.add(1, { id: 1 }, ROOT_CONTEXT.setValue(tenant, 'a'))
  orders.add(2, { id: 1 }, ROOT_CONTEXT.setValue(tenant, 'b'))
  orders.add(4, { id: 1 }, ROOT_CONTEXT.setValue(tenant, 'a'))
  orders.add(8, { id: 1 }, context.active())
  expect(await page()).toMatchObject({
    'orders_total{id="1",tenant="a"}': 5,
    'orders_total{id="1",tenant="b"}': 2,
    'orders_total{id="1",tenant="undefined"}': 8,
  })
})

test('a processor that throws costs the measurement, and nothing else', async () => {
  const failing = {
    process: () => {
      throw new Error('no')
    },
  }
  const { meter, page } = testProvider({
    views: [{ instrumentName: 'bad', attributesProcessors: [failing] }],
  })
  meter.createCounter('bad').add(1, { a: 1 })
  meter.createCounter('good').add(1, { a: 1 })
  const samples = await page()
  expect(samples).toMatchObject({
    'good_total{a="1"}': 1,
    'tutti_rejected_measurements_total{instrument="bad"}': 1,
  })
})
