import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { adminToken, ask, create } from './ask.ts'
import { type Backend, startBackend } from './backend.ts'
import { readPage, sum, sumBy } from './page.ts'
import type { Running } from './process.ts'

let backend: Backend
let url: string
let jobWorker: Running
let second: Running

beforeAll(async () => {
  // Deployments stay where they are: what is asserted here is how many there are.
  backend = await startBackend({ CONTROL_PLANE_RING_SOAK_MS: '3600000' })
  url = backend.url
  jobWorker = await backend.start('job-worker')
})
afterAll(() => backend.stop())

test('imports CSV and JSON: each item is a deployment or an error, with progress to look at', async () => {
  const csv = [
    'service,version,rings',
    'checkout,1.0.0,canary broad',
    ',1.0.0,',
    'search,2.0.0,',
    'mail,1,A',
  ].join('\n')
  const first = await send('/imports', csv, 'text/csv')
  expect([first.status, first.body]).toMatchObject([202, { format: 'csv', status: 'queued', items: 4 }])
  const json = JSON.stringify([
    { service: 'billing', version: '3', rings: ['all'] },
    { service: 'billing' },
    7,
  ])
  const second = await send('/imports', json, 'application/json')
  expect(await finished(first.body.id)).toMatchObject({ status: 'done', items: 4, processed: 2, failed: 2 })
  expect(await finished(second.body.id)).toMatchObject({ status: 'done', items: 3, processed: 1, failed: 2 })
  expect((await ask(url, `/imports/${first.body.id}/errors`)).body.items).toEqual([
    { item: 1, reason: 'has no valid service' },
    { item: 3, reason: 'has no valid rings' },
  ])
  const { rows } = await backend.rows.query(
    'select service, version, rings from deployment where import_id is not null order by number',
  )
  expect(rows.map(row => Object.values(row)).sort()).toEqual([
    ['billing', '3', ['all']],
    ['checkout', '1.0.0', ['canary', 'broad']],
    ['search', '2.0.0', ['canary', 'early', 'broad']],
  ])
  const page = await readPage(backend.metricsUrl)
  expect(sumBy(page, 'import_jobs_total', keyOf)).toMatchObject({ 'csv success': 1, 'json success': 1 })
  expect(sum(page, 'import_job_duration_seconds_count', { outcome: 'success' })).toBe(2)
  expect(sum(page, 'import_items_processed_total')).toBe(3)
  expect(sum(page, 'import_items_failed_total')).toBe(4)
  expect(sum(page, 'deployment_total', { action: 'create', outcome: 'success' })).toBe(3)
})

test('the queue takes what there is to do to a job worker', async () => {
  const { body } = await send('/imports', 'service,version\nqueued,1', 'text/csv')
  await finished(body.id)
  const page = await readPage(backend.metricsUrl)
  const sent = page.filter(({ name }) => name === 'messaging_client_sent_messages_total')
  // On a busy machine one may have been too slow; then a job worker has found the row.
  const successful = sent.filter(({ labels }) => labels.error_type === undefined)
  expect(sum(successful, 'messaging_client_sent_messages_total')).toBeGreaterThanOrEqual(1)
  expect(sum(page, 'messaging_process_duration_seconds_count')).toBeGreaterThanOrEqual(1)
})

test('exports what was asked for; what was exported as CSV can be imported again', async () => {
  const id = await create(url)
  await ask(url, `/deployments/${id}/cancel`, undefined, 'POST')
  const one = await exported({ format: 'json', status: 'cancelled' })
  expect([one.type, JSON.parse(one.content).map(idOf)]).toEqual(['application/json; charset=utf-8', [id]])
  const all = await exported({ format: 'csv' })
  const [header, ...lines] = all.content.trim().split('\n')
  expect([all.type, header, lines.length]).toEqual([
    'text/csv; charset=utf-8',
    'id,service,version,rings,ring,status,createdAt,finishedAt',
    5,
  ])
  const again = await send('/imports', all.content, 'text/csv')
  expect(await finished(again.body.id)).toMatchObject({ processed: 5, failed: 0 })
  const page = await readPage(backend.metricsUrl)
  expect(sumBy(page, 'export_operations_total', keyOf)).toMatchObject({ 'csv success': 1, 'json success': 1 })
  expect(sum(page, 'export_duration_seconds_count', { outcome: 'success' })).toBe(2)
})

test.each([
  ['nothing', '[]', 'application/json', 400],
  ['no list', '{}', 'application/json', 400],
  ['half a list', '[{', 'application/json', 400],
  ['CSV that is none', 'service,version\n"', 'text/csv', 400],
  ['a header alone', 'service,version', 'text/csv', 400],
  ['a NUL', '["\0"]', 'application/json', 400],
  ['another type', '<x/>', 'application/xml', 415],
  ['too much', 'x'.repeat(1_100_000), 'text/csv', 413],
])('refuses %s', async (_what, content, type, status) => {
  expect((await send('/imports', content, type)).status).toBe(status)
})

test('takes CSV for CSV however its media type is written', async () => {
  const { status, body } = await send('/imports', 'service,version\nshouted,1', 'Text/CSV; charset=utf-8')
  expect([status, body]).toMatchObject([202, { format: 'csv', items: 1 }])
  expect(await finished(body.id)).toMatchObject({ processed: 1, failed: 0 })
})

test('an import that was acknowledged is done whoever dies: a job worker in the middle of it, Redis before it', async () => {
  const items = 6_000
  const acknowledged = await send('/imports', csvOf(items), 'text/csv')
  await vi.waitFor(
    async () => expect((await importOf(acknowledged.body.id)).processed).toBeGreaterThan(100),
    {
      timeout: 20_000,
    },
  )
  jobWorker.process.kill('SIGKILL')
  const half = await importOf(acknowledged.body.id)
  expect(half.status).toBe('running')
  await backend.redis.off()
  const whileDead = await send('/imports', csvOf(120), 'text/csv')
  expect(whileDead.status).toBe(202)
  second = await backend.start('job-worker')
  expect(await finished(acknowledged.body.id)).toMatchObject({ processed: items, failed: 0 })
  expect(await finished(whileDead.body.id)).toMatchObject({ processed: 120, failed: 0 })
  const { rows } = await backend.rows.query(
    'select count(*)::int as count, count(distinct import_item)::int as distinct from deployment where import_id = $1',
    [acknowledged.body.id],
  )
  expect(rows[0]).toEqual({ count: items, distinct: items })
  await backend.redis.on()

  const page = await readPage(backend.metricsUrl)
  const { rows: settled } = await backend.rows.query(
    'select sum(processed)::int as processed from import_job',
  )
  // A process that is killed between the database's confirmation and the counter loses that one batch of 50.
  const missing = settled[0].processed - sum(page, 'import_items_processed_total')
  expect([0, 50]).toContain(missing)
})

test('a job worker that is told to end lets go of its import, and another one goes on at once', async () => {
  const { body } = await send('/imports', csvOf(6_000), 'text/csv')
  await vi.waitFor(async () => expect((await importOf(body.id)).processed).toBeGreaterThan(100), {
    timeout: 20_000,
  })
  const successor = backend.start('job-worker')
  expect(await second.stop()).toBe(0)
  await successor
  expect(await finished(body.id)).toMatchObject({ processed: 6_000 })
})

function csvOf(items: number): string {
  const lines = Array.from({ length: items }, (_, index) => `service-${index % 7},1.0.${index}`)
  return `service,version\n${lines.join('\n')}`
}

async function send(
  path: string,
  content: string,
  type: string,
): Promise<{ status: number; body: { id: string } }> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    body: content,
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': type },
  })
  return { status: response.status, body: (await response.json()) as { id: string } }
}

interface Progress {
  status: string
  processed: number
}

async function importOf(id: string): Promise<Progress> {
  return (await ask(url, `/imports/${id}`)).body
}

async function finished(id: string): Promise<Progress> {
  return vi.waitFor(
    async () => {
      const progress = await importOf(id)
      expect(progress.status).toBe('done')
      return progress
    },
    { timeout: 40_000, interval: 100 },
  )
}

async function exported(wish: object): Promise<{ type: string | null; content: string }> {
  const { body } = await ask(url, '/exports', wish)
  await vi.waitFor(async () => expect((await ask(url, `/exports/${body.id}`)).body.status).toBe('done'), {
    timeout: 10_000,
  })
  const response = await fetch(`${url}/exports/${body.id}/content`, {
    headers: { authorization: `Bearer ${adminToken}` },
  })
  return { type: response.headers.get('content-type'), content: await response.text() }
}

function keyOf({ format, outcome }: Record<string, string>): string {
  return `${format} ${outcome}`
}

function idOf({ id }: { id: string }): string {
  return id
}
