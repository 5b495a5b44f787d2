import { request } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { testExposer } from './exposer.ts'

function bytesOf(url: string, method: string, encoding: string) {
  return new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const headers = { 'accept-encoding': encoding }
    const asked = request(url, { method, headers, agent: false }, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** Without what changes from one page to the next. */
function steady(page: Buffer): string {
  return page.toString().replaceAll(/^(# (HELP|TYPE) )?tutti_(writer_heartbeat|scrape|page_bytes).*\n/gm, '')
}

test('compressed, a page is the same page, smaller; to HEAD its length is told and nothing else', async () => {
  const { url, meter } = await testExposer()
  const counter = meter.createCounter('visits')
  for (let id = 0; id < 1_000; id++) counter.add(1, { id })
  const plain = await bytesOf(url, 'GET', 'identity')
  const small = await bytesOf(url, 'GET', 'gzip')
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(small.headers['content-encoding']).toBe('gzip')
  expect(steady(gunzipSync(small.body))).toBe(steady(plain.body))
  expect(small.body.length).toBeLessThan(plain.body.length / 4)
  for (const { headers, body } of [plain, small]) {
    if (headers['content-length'] !== undefined) expect(Number(headers['content-length'])).toBe(body.length)
    expect(headers.vary).toBe('Accept, Accept-Encoding')
  }
  for (const encoding of ['identity', 'gzip']) {
    const { headers, body } = await bytesOf(url, 'HEAD', encoding)
    expect(headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      vary: 'Accept, Accept-Encoding',
    })
    expect(headers['content-encoding']).toBe(encoding === 'gzip' ? 'gzip' : undefined)
    expect(body.length).toBe(0)
  }
})
