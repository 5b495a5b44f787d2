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

  test('answers what the app did', async () => {
    // Each round: an order, a 500, a client that went away. Of calls these three, and one to nobody.
    expect(await answerTo('share that was answered with 5xx', 'http_response_status_code=~"5.."')).toEqual([
      1 / 3,
    ])
    expect(await answerTo('calls that failed', 'http_client', 'error_type!=""')).toEqual([3 / 4])
    // Of session:* one miss and three hits, of list:* a failure.
    expect(await answerTo('the cache', 'cache_result="hit"')).toEqual([3 / 4])
    // One job of two.
    expect(await answerTo('failed jobs', 'messaging_process', 'error_type!=""')).toEqual([1 / 2])
    expect(await answerTo('waiting jobs', 'bullmq_queue_jobs_state="waiting"')).toEqual([1])
    expect(await answerTo('in flight', 'http_server_active_requests')).toEqual([0])
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

  /** What the one query of the cookbook that has all of these says; shares are exact to what floats are. */
  async function answerTo(_what: string, ...parts: string[]): Promise<number[]> {
    return (await values(queryWith(...parts))).map(value => Math.round(value * 1e6) / 1e6).map(nearest)
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

function nearest(value: number): number {
  const twelfths = Math.round(value * 12) / 12
  return Math.abs(twelfths - value) < 1e-5 ? twelfths : value
}
