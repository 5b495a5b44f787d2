import { channel } from 'node:diagnostics_channel'
import { createNoopMeter } from '@opentelemetry/api'
import { afterEach, expect, test } from 'vitest'
import { listen } from '../src/channel.ts'
import type { Instrumentation, InstrumentationContext } from '../src/instrumentation.ts'
import { startOne } from '../src/start-one.ts'

const orders = channel('tutti.test.orders')
const stops: (() => void)[] = []
const lines: string[] = []
const heard: string[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  lines.length = 0
  heard.length = 0
})

const context: InstrumentationContext = {
  meter: createNoopMeter(),
  env: {},
  warn: line => lines.push(line),
  hook: { onLoad: () => {}, packageNames: () => [], stop: () => {} },
}

function start(name: string, instrumentation: Instrumentation): void {
  stops.push(startOne(name, instrumentation, context))
}

function listening(name: string): Instrumentation {
  return {
    channels: ['tutti.test.orders', 'tutti.test.returns'],
    load: () => () =>
      listen('tutti.test.orders', name, context.warn, message => void heard.push(`${name} ${message}`)),
  }
}

test('an instrumentation that the first message starts gets this message, and each later one, once', () => {
  let others = 0
  const other = (): void => void others++
  start('shop', listening('shop'))
  orders.subscribe(other)
  orders.publish('first')
  orders.publish('second')
  orders.unsubscribe(other)
  expect(heard).toEqual(['shop first', 'shop second'])
  expect(others).toBe(2)
})

test('all that wait for a channel start with its first message', () => {
  start('shop', listening('shop'))
  start('till', listening('till'))
  orders.publish('first')
  orders.publish('second')
  expect(heard.sort()).toEqual(['shop first', 'shop second', 'till first', 'till second'])
})

test('a channel is left alone after the first message on another one started the instrumentation, and after the stop', () => {
  start('shop', listening('shop'))
  expect(channel('tutti.test.returns').hasSubscribers).toBe(true)
  orders.publish('first')
  expect(channel('tutti.test.returns').hasSubscribers).toBe(false)
  for (const stop of stops.splice(0)) stop()
  expect(orders.hasSubscribers).toBe(false)
  start('shop', listening('shop'))
  for (const stop of stops.splice(0)) stop()
  orders.publish('after the stop')
  expect(heard).toEqual(['shop first'])
})

test('what cannot be loaded is one line, and neither the publisher nor other subscribers notice', () => {
  start('shop', {
    channels: ['tutti.test.orders'],
    load: () => {
      throw new Error('no such file')
    },
  })
  start('till', listening('till'))
  orders.publish('first')
  orders.publish('second')
  expect(lines).toEqual(['instrumentation shop did not start and is off: Error: no such file'])
  expect(heard).toEqual(['till first', 'till second'])
})
