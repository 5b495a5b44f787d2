import { get } from 'node:http'

export interface Scrape {
  /** From before the request to the last byte, as the scraper sees it. */
  ms: number
  status: number
  page: Buffer
}

/** One scrape over a new connection, with the Accept header of a scraper that wants the text format 0.0.4. */
export function scrape(url: string, limitMs = 60_000): Promise<Scrape> {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, headers: { accept: 'text/plain;version=0.0.4' } }, response => {
      const parts: Buffer[] = []
      response.on('data', part => parts.push(part))
      response.once('error', reject)
      response.once('end', () => {
        const ms = performance.now() - start
        resolve({ ms, status: response.statusCode ?? 0, page: Buffer.concat(parts) })
      })
    })
    request.setTimeout(limitMs, () => request.destroy(new Error(`no answer within ${limitMs} ms`)))
    request.once('error', reject)
  })
}
