import { spawnSync } from 'node:child_process'
import { findDebianTool, notRun } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { renderMetrics } from '../../src/exposition/render-metrics.ts'
import { testProvider } from '../provider.ts'

test('promtool check metrics accepts the page', async context => {
  const promtool = await findDebianTool('promtool', 'prometheus')
  if (promtool === undefined) {
    notRun('promtool check metrics', "Debian's prometheus package is not here and could not be installed")
    return context.skip()
  }
  const { directory, meter, provider } = testProvider({
    resource: { attributes: { 'service.name': 'a "quoted" \\ name\n' } },
  })
  const counter = meter.createCounter('orders', {
    description: 'Orders, by country.\nSecond line with \\ and "quotes".',
  })
  counter.add(1, {
    country: 'ch',
    'odd key!': 'line\nfeed',
    backslash: '\\',
    quote: '"',
    emoji: '🎻',
    list: ['a', 'b'],
  })
  counter.add(1e300, { country: 'de' })
  meter.createHistogram('latency', { unit: 's', description: 'How long.' }).record(0.2, { route: '/' })
  meter.createUpDownCounter('connections', { description: 'Open connections.' }).add(-3)
  meter.createGauge('temperature', { unit: 'Cel', description: 'Outside.' }).record(-3.25)
  meter
    .createObservableGauge('depth', { description: 'Of a queue.' })
    .addCallback(result => result.observe(3))
  provider.observe()

  const { contentType, body } = await renderMetrics(directory)
  const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], {
    input: body,
    encoding: 'utf8',
  })
  expect(`${stdout}${stderr}`).toBe('')
  expect(status).toBe(0)
  expect(contentType).toBe('text/plain; version=0.0.4; charset=utf-8')
})
