import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { canUse } from '../src/api/watch-copies.ts'
import { readPage } from './page.ts'
import { type Running, run, start } from './process.ts'

const require = createRequire(import.meta.url)
const installed = dirname(dirname(require.resolve('@opentelemetry/api')))
const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
const preload = new URL('../dist/index.cjs', import.meta.url).pathname

let folder: string
let app: Running | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tutti-api-'))
})
afterEach(async () => {
  await app?.stop()
  app = undefined
  rmSync(folder, { recursive: true })
})

/** A copy of the API that says it is another version, as a library brings its own. */
function installCopy(under: string, copyVersion: string): string {
  const target = join(folder, under, 'node_modules/@opentelemetry/api')
  mkdirSync(dirname(target), { recursive: true })
  cpSync(installed, target, { recursive: true })
  for (const file of ['package.json', 'dist/version.cjs', 'dist/internal/global-utils.cjs']) {
    const path = join(target, file)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(version, copyVersion))
  }
  return target
}

test('an app that does not use the API does not load it, and one that does finds the provider', async () => {
  const uses =
    'const count = () => Object.keys(require.cache).filter(file => file.includes("@opentelemetry/api/")).length;' +
    'console.log(count(), require("@opentelemetry/api").metrics.getMeterProvider().constructor.name, count() > 50)'
  const ended = await run(['--require', '@tutti/preload', '-e', uses], { OTEL_METRICS_EXPORTER: 'none' })
  expect(ended).toMatchObject({ code: 0, stdout: '0 SharedMeterProvider true\n' })
})

test('what else is registered with the API afterwards is registered, and metrics can be disabled', async () => {
  const uses =
    'const { metrics, trace } = require("@opentelemetry/api");' +
    'console.log(trace.setGlobalTracerProvider({ getTracer: () => "mine" }), trace.getTracer("a"),' +
    'metrics.setGlobalMeterProvider({}), metrics.disable(), metrics.getMeterProvider().constructor.name)'
  const ended = await run(['--require', '@tutti/preload', '-e', uses], { OTEL_METRICS_EXPORTER: 'none' })
  expect(ended.stdout).toBe('true mine false undefined NoopMeterProvider\n')
})

test('a provider that was registered before stays, and one line says so', async () => {
  writeFileSync(
    join(folder, 'before.cjs'),
    `require(${JSON.stringify(installed)}).metrics.setGlobalMeterProvider({ mine: true })`,
  )
  const uses = 'console.log(require("@opentelemetry/api").metrics.getMeterProvider().mine)'
  const ended = await run(
    ['--require', join(folder, 'before.cjs'), '--require', '@tutti/preload', '-e', uses],
    { OTEL_METRICS_EXPORTER: 'none' },
  )
  expect(ended.stdout).toBe('true\n')
  expect(ended.stderr).toContain('another MeterProvider was set before')
})

describe('an app with an older copy of the API', () => {
  const registers = `
    const api = require('@opentelemetry/api')
    console.log(api.trace.setGlobalTracerProvider({ getTracer: () => 'mine' }), api.trace.getTracer('a'))
    console.log(api.diag.setLogger({ ...console, debug() {} }))
    console.log(api.trace.setGlobalTracerProvider({}), api.metrics.getMeterProvider().constructor.name)`

  test('registers its own tracing and logger, once, and records metrics', async () => {
    installCopy('.', '1.9.0')
    writeFileSync(join(folder, 'app.cjs'), registers)
    const ended = await run(['--require', preload, join(folder, 'app.cjs')], {
      OTEL_METRICS_EXPORTER: 'none',
    })
    expect(ended.stdout).toBe('true mine\ntrue\nfalse SharedMeterProvider\n')
    expect(ended.stderr).toContain('Attempted duplicate registration of API: trace')
  })

  test('that registered its tracing before the preload keeps it and records metrics', async () => {
    installCopy('.', '1.9.0')
    writeFileSync(join(folder, 'before.cjs'), registers)
    writeFileSync(
      join(folder, 'app.cjs'),
      `const { metrics, trace } = require('@opentelemetry/api')
      console.log(trace.getTracer('a'), metrics.getMeterProvider().constructor.name)`,
    )
    const ended = await run(
      ['--require', join(folder, 'before.cjs'), '--require', preload, join(folder, 'app.cjs')],
      { OTEL_METRICS_EXPORTER: 'none' },
    )
    expect(ended.stdout).toBe('true mine\ntrue\nfalse NoopMeterProvider\nmine SharedMeterProvider\n')
  })
})

describe('a library that brings a copy of the API', () => {
  const app1 = (library: string) => `
    require('${library}')
    setInterval(() => {}, 1000)`
  const library = `
    require('@opentelemetry/api').metrics.getMeter('lib').createCounter('sales').add(1)`

  function installLibrary(copyVersion: string): string {
    const copy = installCopy('node_modules/shop-metrics', copyVersion)
    writeFileSync(join(folder, 'node_modules/shop-metrics/index.js'), library)
    writeFileSync(join(folder, 'app.cjs'), app1('shop-metrics'))
    return copy
  }

  test('that is newer records nothing: one line names it, its path and who brought it', async () => {
    const newer = `1.${Number(version.split('.')[1]) + 1}.0`
    const copy = installLibrary(newer)
    app = start(['--require', preload, join(folder, 'app.cjs')])
    await app.says('stderr', /is lost/)
    expect(app.stderr()).toContain(
      `tutti: @opentelemetry/api ${newer} of shop-metrics (${copy}) can't use the ${version} that is registered: ` +
        'what it records is lost. Install one version for all: npm ls @opentelemetry/api shows who wants which.\n',
    )
    expect(await readPage(app)).not.toHaveProperty('sales_total')
  })

  test('that is older records, and nothing is said', async () => {
    installLibrary('1.9.0')
    app = start(['--require', preload, join(folder, 'app.cjs')])
    expect(await readPage(app)).toMatchObject({ sales_total: 1 })
    expect(app.stderr().match(/tutti:/g)).toHaveLength(1)
  })
})

test.each([
  ['1.10.0', '1.10.0', true],
  ['1.9.4', '1.10.0', true],
  ['1.10.7', '1.10.0', true],
  ['1.11.0', '1.10.0', false],
  ['2.0.0', '1.10.0', false],
  ['1.9.0-rc.1', '1.10.0', false],
])("a copy %s can use what %s registered: %s, as the API's own check says", (own, registered, expected) => {
  const { _makeCompatibilityCheck } = require(join(installed, 'dist/internal/semver.cjs'))
  expect([canUse(own, registered), _makeCompatibilityCheck(own)(registered)]).toEqual([expected, expected])
})
