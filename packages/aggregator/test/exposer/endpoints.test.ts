import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testExposer } from './exposer.ts'

test('every answer is plain, says its type and tells nothing of the machine', async () => {
  const { get } = await testExposer()
  const answers = [
    await get(),
    await get({ method: 'HEAD' }),
    await get({ path: '/-/healthy' }),
    await get({ path: '/-/ready' }),
    await get({ path: '/metrics?collect[]=x' }),
    await get({ path: '/metrics/' }),
    await get({ path: '/../../etc/passwd' }),
    await get({ path: 'http://elsewhere/metrics' }),
    await get({ method: 'DELETE' }),
    await get({
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere', 'access-control-request-method': 'GET' },
    }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 404, 404, 404, 405, 405])
  for (const { headers, body } of answers) {
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-type']).toMatch(/^text\/plain; /)
    expect(Object.keys(headers).filter(name => /^access-control|^server$|^x-powered/.test(name))).toEqual([])
    expect(body).not.toMatch(/\/dev\/shm|node:| at /)
  }
  expect(answers[1].body).toBe('')
  expect(Number(answers[1].headers['content-length'])).toBeGreaterThan(100)
  expect(answers[8].headers.allow).toBe('GET, HEAD')
})

test('without its directory it is healthy but not ready, and says why only in the log', async () => {
  const { get, directory, warnings } = await testExposer()
  expect((await get({ path: '/-/ready' })).status).toBe(200)
  rmSync(directory, { recursive: true })
  expect((await get({ path: '/-/healthy' })).status).toBe(200)
  expect(await get({ path: '/-/ready' })).toMatchObject({ status: 503, body: 'Service Unavailable\n' })
  expect(await get()).toMatchObject({
    status: 500,
    body: "The metrics can't be read; the log of the service says why.\n",
  })
  expect(warnings.filter(line => line.startsWith('a scrape failed: '))).toHaveLength(1)
})

test('the exposer tells of its scrapes, its pages and its series', async () => {
  const { scrape, get } = await testExposer()
  await scrape()
  await get({ headers: { accept: 'application/openmetrics-text' } })
  const samples = await scrape()
  expect(samples).toMatchObject({ tutti_scrapes_total: 2, tutti_series: 1 })
  expect(samples.tutti_scrape_duration_seconds).toBeGreaterThan(0)
  expect(samples['tutti_page_bytes{format="openMetrics"}']).toBeGreaterThan(100)
})
