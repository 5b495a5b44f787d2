import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SharedMeterProvider, startExposer } from '@tutti/aggregator'

export interface OwnFamily {
  readonly name: string
  readonly type: string
  readonly help: string
  readonly labels: readonly string[]
}

const TOKEN = 'a-token-of-the-reference'

/** What a page says about itself, from a real page on which everything went wrong that can be counted. */
export async function ownFamilies(): Promise<OwnFamily[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-reference-'))
  const silent = console.warn
  console.warn = () => {}
  try {
    return familiesOf(await troubledPage(folder)).filter(({ name }) => /^tutti_|^target_info$/.test(name))
  } finally {
    console.warn = silent
    rmSync(folder, { recursive: true, force: true })
  }
}

async function troubledPage(folder: string): Promise<string> {
  const directory = join(folder, 'segments')
  const providers = [0, 1].map(worker => troubledProvider(directory, worker))
  for (const provider of providers) await provider.forceFlush()
  const bearerTokenFile = join(folder, 'token')
  writeFileSync(bearerTokenFile, `${TOKEN}\n`, { mode: 0o600 })
  const exposer = await startExposer({ directory, port: 0, thread: false, bearerTokenFile })
  const ask = (token: string) => fetch(exposer.url, { headers: { authorization: `Bearer ${token}` } })
  // Refused once, and asked twice: a page tells how long the one before it took.
  for (const token of ['another', TOKEN]) await (await ask(token)).arrayBuffer()
  const page = await (await ask(TOKEN)).text()
  await exposer.close()
  for (const provider of providers) await provider.shutdown()
  return page
}

/** Two of them have more series together than each may have alone. */
function troubledProvider(directory: string, worker: number): SharedMeterProvider {
  const provider = new SharedMeterProvider({ directory, cardinalityLimit: 3 })
  const meter = provider.getMeter('reference')
  const counter = meter.createCounter('troubled')
  counter.add(-1)
  counter.add(1, { long: 'x'.repeat(2_000) })
  for (const each of [1, 2, 3, 4]) counter.add(1, { each: `${worker}-${each}` })
  meter.createObservableGauge('failing').addCallback(() => {
    throw new Error('as it is meant to')
  })
  return provider
}

function familiesOf(page: string): OwnFamily[] {
  return [...page.matchAll(/^# HELP (\S+) (.*)$/gm)].map(([, name, help]) => {
    const type = new RegExp(`^# TYPE ${name} (.*)$`, 'm').exec(page)?.[1] ?? 'unknown'
    const sample = new RegExp(`^${name}\\{(.*)\\} `, 'm').exec(page)?.[1] ?? ''
    const labels = [...sample.matchAll(/(\w+)="/g)].map(([, label]) => label!)
    return { name: name!, type, help: help!, labels: labels.filter(label => !label.startsWith('otel_scope')) }
  })
}
