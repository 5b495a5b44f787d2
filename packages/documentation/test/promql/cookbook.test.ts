import { findDebianTool, notRun, type RunningServer, startPrometheus } from '@tutti/test-servers'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { allPages } from '../../src/pages/all-pages.ts'
import { type Everything, startEverything } from '../everything.ts'

const command = await findDebianTool('prometheus', 'prometheus')
if (command === undefined)
  notRun('the queries on pages', 'there is no Prometheus, and it could not be installed')

const queries = allPages().flatMap(({ path, blocks }) =>
  blocks
    .filter(({ language }) => language === 'promql')
    .map(({ where, text }) => ({ text, where, isCookbook: path === 'docs/guides/promql-cookbook.md' })),
)
const cookbook = queries.filter(({ isCookbook }) => isCookbook)

interface Answer {
  readonly status: string
  readonly error: string
  readonly data: { readonly result: Result[] }
}

interface Result {
  readonly metric: Readonly<Record<string, string>>
  readonly value: readonly [time: number, value: string]
}

describe.skipIf(command === undefined)('a real Prometheus', () => {
  let app: Everything
  let prometheus: RunningServer

  beforeAll(async () => {
    app = await startEverything({ OTEL_RESOURCE_ATTRIBUTES: 'service.version=1.2.3' })
    const config = `scrape_configs: [{ job_name: shop, scrape_interval: 500ms, static_configs: [{ targets: ['${app.target}'] }] }]`
    prometheus = (await startPrometheus({ config, command: command! }))!
    // A rate needs a series that was scraped before it rose.
    await untilScraped(1)
    for (let round = 2; round <= 4; round++) await app.again()
    await untilScraped(4)
  })
  afterAll(async () => {
    await prometheus?.stop()
    await app?.stop()
  })

  test.each(queries)('understands the query of $where', async ({ text }) => {
    await expect(ask(text)).resolves.toBeInstanceOf(Array)
  })

  test.each(cookbook)('has an answer to the query of $where', async ({ text }) => {
    await vi.waitFor(async () => expect(await values(text)).not.toEqual([]), { timeout: 30_000 })
  })

  // Each round: an order, a 500, a client that went away. Of calls these three, and one to nobody. Of session:* one miss
  // and three hits, of list:* a failure. One job of two.
  const shares: [what: string, share: number, parts: string[]][] = [
    ['requests answered with 5xx', 1 / 3, ['http_response_status_code=~"5.."']],
    ['calls that failed', 3 / 4, ['http_client', 'error_type!=""']],
    ['hits of the cache', 3 / 4, ['cache_result="hit"']],
    ['failed jobs', 1 / 2, ['messaging_process', 'error_type!=""']],
    ['waiting jobs', 1, ['bullmq_queue_jobs_state=~"waiting|prioritized"']],
    ['requests in flight', 0, ['http_server_active_requests']],
  ]
  test.each(shares)('knows %s', { timeout: 60_000 }, async (_what, share, parts) => {
    await vi.waitFor(async () => expect((await values(queryWith(...parts))).map(nearest)).toEqual([share]), {
      timeout: 30_000,
    })
  })

  test('tells versions and errors apart by their labels', async () => {
    expect(await labels('target_info', 'service_version')).toEqual(['1.2.3'])
    expect(await labels('error_type!=""', 'error_type', 'http_server')).toEqual(['500', 'ECONNRESET'])
  })

  /** Waits until the last that the app did so often is in two scrapes. */
  async function untilScraped(rounds: number): Promise<void> {
    const query = `min_over_time(sum(messaging_process_duration_seconds_count{job="shop"})[1s:500ms]) >= ${rounds * 2}`
    await vi.waitFor(async () => expect(await ask(query)).toHaveLength(1), { timeout: 60_000, interval: 300 })
  }

  async function ask(query: string): Promise<Result[]> {
    const response = await fetch(`${prometheus.url}/api/v1/query?${new URLSearchParams({ query })}`)
    const { status, error, data } = (await response.json()) as Answer
    if (status !== 'success') throw new Error(error)
    return data.result
  }

  async function values(query: string): Promise<number[]> {
    return (await ask(query)).map(({ value }) => Number(value[1])).filter(value => !Number.isNaN(value))
  }

  async function labels(part: string, label: string, other = ''): Promise<string[]> {
    return (await ask(queryWith(part, other))).map(({ metric }) => metric[label]!).sort()
  }
})

function queryWith(...parts: string[]): string {
  const found = cookbook.filter(({ text }) => parts.every(part => text.includes(part)))
  if (found.length !== 1) throw new Error(`${found.length} queries have ${parts.join(' and ')}`)
  return found[0]!.text
}

/** A scrape may have come between two series, for which Prometheus then estimates a little differently. */
function nearest(value: number): number {
  const twelfths = Math.round(value * 12) / 12
  return Math.abs(twelfths - value) < 0.02 ? twelfths : value
}
