import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { contendForExposer, startExposer } from '@tutti/aggregator'
import { expect, onTestFinished, test } from 'vitest'
import { metricsHandler } from '../../src/exposer/metrics-handler.ts'
import { constantLabelFilter, PageOptionError, type PageOptions } from '../../src/exposition/page-options.ts'
import { renderMetrics } from '../../src/exposition/render-metrics.ts'
import { testProvider } from '../provider.ts'

const OPTIONS: PageOptions = {
  translationStrategy: 'UnderscoreEscapingWithoutSuffixes',
  constantLabels: ['deployment.*', '!deployment.id'],
  shownAttributes: ['host.id'],
  withoutScopeInfo: true,
  createdTimestamps: true,
}
const RESOURCE = {
  attributes: {
    'service.name': 'shop',
    'host.id': '1',
    'process.owner': 'root',
    'deployment.id': '7',
    'deployment.environment.name': 'staging',
  },
}

async function serveHandler(directory: string): Promise<string> {
  const handler = metricsHandler({ directory, ...OPTIONS })
  const server = createServer(handler).listen(0, '127.0.0.1')
  onTestFinished(() => {
    handler.close()
    server.close()
  })
  await new Promise(resolve => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const WAYS: [string, (directory: string) => Promise<string>][] = [
  ['startExposer', async directory => pageOf(await started(directory, true))],
  ['startExposer without a thread', async directory => pageOf(await started(directory, false))],
  ['metricsHandler', async directory => pageOf(await serveHandler(directory))],
  [
    'contendForExposer',
    directory =>
      new Promise(onListening => {
        const contender = contendForExposer({ directory, port: 0, ...OPTIONS, onListening })
        onTestFinished(() => contender.close())
      }).then(url => pageOf(String(url))),
  ],
  [
    'renderMetrics',
    async directory => (await renderMetrics(directory, { accept: OPEN_METRICS, ...OPTIONS })).body.toString(),
  ],
]
const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0'

async function started(directory: string, thread: boolean): Promise<string> {
  const exposer = await startExposer({ directory, port: 0, thread, ...OPTIONS })
  onTestFinished(() => exposer.close())
  return exposer.url
}

async function pageOf(url: string): Promise<string> {
  return await (await fetch(url, { headers: { accept: OPEN_METRICS } })).text()
}

test.each(WAYS)('%s follows every page option', async (_way, servedPage) => {
  const { meter, directory } = testProvider({ resource: RESOURCE })
  meter.createCounter('orders', { unit: '{order}' }).add(1, { 'order.kind': 'a' })
  meter.createHistogram('latency', { unit: 's', advice: { explicitBucketBoundaries: [] } }).record(1)
  const page = await servedPage(directory)
  const lines = page.split('\n')
  const constant = 'deployment_environment_name="staging"'
  expect(lines).toContain(`orders{${constant},order_kind="a"} 1`)
  expect(lines).toContain(`latency_bucket{${constant},le="+Inf"} 1`)
  expect(page).toMatch(new RegExp(`^latency_created\\{${constant}\\} \\d+(\\.\\d+)?$`, 'm'))
  expect(lines).toContain(
    'target_info{deployment_environment_name="staging",deployment_id="7",host_id="1",service_name="shop"} 1',
  )
  // What the page says about itself is told apart in the same way.
  expect(lines).toContain(`tutti_writers{${constant}} 1`)
  expect(page).not.toContain('otel_scope')
})

test('without target_info, scope and labels a sample is its name and its value', async () => {
  const { meter, directory } = testProvider({ resource: RESOURCE })
  meter.createCounter('orders').add(1)
  meter.createHistogram('latency', { advice: { explicitBucketBoundaries: [1] } }).record(1)
  const bare = { withoutTargetInfo: true, withoutScopeInfo: true }
  const page = (await renderMetrics(directory, bare)).body.toString()
  expect(page).toMatch(/^orders_total 1$/m)
  expect(page).toMatch(
    /^latency_bucket\{le="1"\} 1\nlatency_bucket\{le="\+Inf"\} 1\nlatency_sum 1\nlatency_count 1$/m,
  )
  expect(page).toMatch(/^tutti_writers 1$/m)
  expect(page).not.toContain('target_info')
  const accept = 'text/plain; version=1.0.0; escaping=allow-utf-8'
  const quoted = { ...bare, accept, translationStrategy: 'NoTranslation' } as const
  meter.createCounter('a.b').add(2)
  expect((await renderMetrics(directory, quoted)).body.toString()).toMatch(/^\{"a\.b"\} 2$/m)
})

test('without scopes, series of two scopes are still told apart', async () => {
  const { provider, directory } = testProvider()
  provider.getMeter('a').createCounter('orders').add(1)
  provider.getMeter('b').createCounter('orders').add(2)
  const page = (await renderMetrics(directory, { withoutScopeInfo: true })).body.toString()
  expect(page).toMatch(/^orders_total 1\norders_total\{tutti_definition="2"\} 2$/m)
})

test.each([
  [undefined, []],
  [[], []],
  [['service.*'], ['service.name', 'service.version']],
  [['service.*', '!*.version'], ['service.name']],
  [['!service.*'], ['a.b', 'team']],
  [
    ['t?am', 'a.b'],
    ['a.b', 'team'],
  ],
  [/^service\./g, ['service.name', 'service.version']],
] as [PageOptions['constantLabels'], string[]][])(
  'the constant labels %s are %s',
  (constantLabels, expected) => {
    const isConstant = constantLabelFilter({ constantLabels })
    expect(['a.b', 'service.name', 'service.version', 'team'].filter(isConstant)).toEqual(expected)
  },
)

test('private attributes are no constant labels unless they are shown', async () => {
  const { meter, directory } = testProvider({ resource: RESOURCE })
  meter.createCounter('orders').add(1)
  const page = (await renderMetrics(directory, { constantLabels: ['process.*', 'team'] })).body.toString()
  expect(page).toContain('orders_total{otel_scope_name="test"} 1')
})

test('an option that makes no sense is a typed error that names the mend; a contender says it in one line', async () => {
  const { directory } = testProvider()
  const wrong = { translationStrategy: 'snake' } as unknown as PageOptions
  const message =
    'translationStrategy "snake" is none. Use one of UnderscoreEscapingWithSuffixes, ' +
    'UnderscoreEscapingWithoutSuffixes, NoUTF8EscapingWithSuffixes, NoTranslation.'
  const error = { code: 'TUTTI_PAGE_OPTION_INVALID', message }
  await expect(startExposer({ directory, ...wrong })).rejects.toMatchObject(error)
  await expect(renderMetrics(directory, wrong)).rejects.toMatchObject(error)
  expect(() => metricsHandler({ directory, ...wrong })).toThrow(PageOptionError)
  expect(() => metricsHandler({ directory, constantLabels: 'a' as never })).toThrow(
    /^constantLabels is neither a RegExp nor a list of patterns\. Write it as /,
  )
  const lines: string[] = []
  const contender = contendForExposer({ directory, port: 0, ...wrong, warn: line => lines.push(line) })
  await new Promise(resolve => setTimeout(resolve, 1_200))
  await contender.close()
  expect(lines).toEqual([`the page can't be served: ${message}`])
})
