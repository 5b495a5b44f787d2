import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { type ExposeOptions, expose } from '../../src/exposer/expose.ts'
import { LIMITS, type Limits } from '../../src/exposer/limits.ts'
import { parsePlainly } from '../page.ts'
import { testProvider } from '../provider.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** An exposer in this thread with one counter on its page, and what it warned of. */
export async function testExposer(options: Partial<ExposeOptions> = {}, limits: Partial<Limits> = {}) {
  const { meter, directory, provider } = testProvider()
  meter.createCounter('orders').add(1)
  const warnings: string[] = []
  const exposer = await expose(
    { directory, host: '127.0.0.1', port: 0, path: '/metrics', ...options },
    line => warnings.push(line),
    { ...LIMITS, ...limits },
  )
  onTestFinished(() => exposer.close())
  const { port } = new URL(exposer.url)
  const get = (how: RequestOptions = {}) => ask(exposer.url, how)
  return {
    ...{ meter, directory, provider, warnings },
    url: exposer.url,
    port: Number(port),
    get,
    /** The samples of a scrape that has to work. */
    async scrape(how: RequestOptions = {}): Promise<Record<string, number>> {
      const { status, body } = await get(how)
      if (status !== 200) throw new Error(`${status} ${body}`)
      return parsePlainly(body)
    },
  }
}

/** One request on a connection of its own; rejects when there is no answer. */
export function ask(url: string, options: RequestOptions = {}): Promise<Answer> {
  const { protocol, hostname, port, pathname } = new URL(url)
  const request = protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path: pathname, agent: false, ...options }, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode = 0, headers } = response
        resolve({ status: statusCode, headers, body: Buffer.concat(chunks).toString() })
      })
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** Writes bytes as they are and returns all that comes back until the server ends the connection. */
export function send(port: number, bytes: string): Promise<string> {
  return new Promise(resolve => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.setEncoding('latin1')
    socket.on('data', chunk => (answer += chunk))
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
    onTestFinished(() => void socket.destroy())
  })
}

/** Waits until it holds; fails after thirty seconds. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 1_500; attempt++) {
    if (await holds()) return
    await sleep(20)
  }
  throw new Error(`never held: ${holds}`)
}

/** A folder for the files of one test. */
export function testFolder(files: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-web-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = (name: string) => join(folder, name)
  const write = (name: string, text: string): string => {
    writeFileSync(path(name), text)
    return path(name)
  }
  for (const [name, text] of Object.entries(files)) write(name, text)
  return { folder, path, write }
}

export function basic(user: string, password: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
}
