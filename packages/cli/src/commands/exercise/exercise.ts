import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { metrics } from '@opentelemetry/api'
import { renderMetrics, SharedMeterProvider, startExposer } from '@tutti/aggregator'
import { parsePage } from '@tutti/console'
import { EXIT, type ExitCode } from '../../arguments/command.ts'
import { Failure } from '../../arguments/failure.ts'
import type { Given } from '../../arguments/given.ts'
import { chooseSource } from '../../source/source.ts'
import { print, printJson, say } from '../../terminal/print.ts'
import { Progress } from '../../terminal/progress.ts'
import { untilSignal } from '../../terminal/until-signal.ts'
import { type Arrival, arrivals, totalsOf } from './arrivals.ts'
import { arrivalsText } from './arrivals-text.ts'
import { drive } from './drive.ts'
import { findCatalogs, type NamedCatalog } from './find-catalogs.ts'

export async function run(given: Given): Promise<ExitCode> {
  const [module] = given.operands
  if (module === undefined) throw new Failure('no module is named. Name the file that exports the catalog.')
  const port = given.number('port', { min: 0, max: 65_535 })
  const named = given.text('directory')
  const directory = named === undefined ? mkdtempSync(join(tmpdir(), 'tutti-exercise-')) : directoryOf(named)
  const provider = new SharedMeterProvider({ directory, warn: line => say(`tutti: ${line}`) })
  metrics.setGlobalMeterProvider(provider)
  try {
    const catalogs = await findCatalogs(module, given.text('export'))
    const before = totalsOf(await pageOf(directory))
    const failures = driveAll(catalogs)
    await settle(provider)
    const found = arrivals(catalogs, failures, before, await pageOf(directory))
    report(found, given.isOn('json'))
    if (port !== undefined) await serveUntilSignal(directory, port)
    return found.every(({ arrived }) => arrived) ? EXIT.ok : EXIT.findings
  } finally {
    await provider.shutdown()
    if (named === undefined) rmSync(directory, { recursive: true, force: true })
  }
}

function directoryOf(named: string): string {
  const source = chooseSource(named)
  if (source.kind === 'directory') return source.directory
  throw new Failure(`--directory is ${JSON.stringify(named)}. Name a directory or a running service.`)
}

/** What could not be driven, by catalog and key. */
function driveAll(catalogs: readonly NamedCatalog[]): Map<string, string> {
  const failures = new Map<string, string>()
  const progress = new Progress()
  for (const { catalog, description } of catalogs) {
    for (const metric of description.metrics) {
      progress.step(metric.name)
      const failure = drive(catalog[metric.key], metric)
      if (failure !== undefined) failures.set(`${description.name} ${metric.key}`, failure)
    }
  }
  progress.end()
  return failures
}

/** What is observed, not recorded, is there after an observation; what that asks for, after the next. */
async function settle(provider: SharedMeterProvider): Promise<void> {
  for (let round = 0; round < 2; round++) {
    provider.observe()
    await new Promise(resolve => setImmediate(resolve))
  }
}

async function pageOf(directory: string) {
  return parsePage((await renderMetrics(directory)).body.toString())
}

function report(found: readonly Arrival[], isJson: boolean): void {
  if (isJson) printJson({ metrics: found })
  else print(arrivalsText(found))
}

async function serveUntilSignal(directory: string, port: number): Promise<void> {
  const ended = untilSignal()
  const { url, close } = await startExposer({ directory, port }).catch((error: Error) => {
    throw new Failure(`port ${port} can't be listened on: ${error.message}. Give another one, or 0.`)
  })
  say(`tutti: the page is on ${url} until Ctrl-C`)
  while (!(await ended.within(60_000)));
  await close()
}
