import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, expect, test, vi } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tutti-guide-'))
symlinkSync(join(root, '../../node_modules'), join(folder, 'node_modules'))
const guide = readFileSync(join(root, '../../docs/guides/instrument-your-library.md'), 'utf8')
for (const [, file, code] of guide.matchAll(/^```ts (\S+)\n(.*?)^```$/gms))
  writeFileSync(join(folder, file), code)
writeFileSync(join(folder, 'package.json'), '{"type":"module"}')

afterAll(() => rmSync(folder, { recursive: true }))

test('the files of the guide compile', { timeout: 120_000 }, () => {
  const program = ts.createProgram(
    [join(folder, 'app.ts'), join(folder, 'feeds.test.ts'), join(folder, 'document.ts')],
    {
      ...{
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        allowImportingTsExtensions: true,
        types: ['node'],
      },
      ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext },
    },
  )
  const errors = ts.getPreEmitDiagnostics(program)
  expect(errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([])
})

test('the library compiles for whoever checks its declarations, too, with no types of Node', {
  timeout: 120_000,
}, () => {
  const program = ts.createProgram([join(folder, 'feeds.ts')], {
    ...{ strict: true, noEmit: true, skipLibCheck: false, allowImportingTsExtensions: true, types: [] },
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext },
  })
  const errors = ts.getPreEmitDiagnostics(program)
  const ours = errors.filter(({ file }) => /business-metrics/.test(file?.fileName ?? ''))
  expect(ours.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([])
})

test('its tests pass', { timeout: 120_000 }, () => {
  const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url))
  const { stdout, status } = spawnSync(process.execPath, [vitest, 'run', '--root', folder], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
  })
  expect(stdout).toContain('Tests  2 passed')
  expect(status).toBe(0)
})

test('its page is what the guide shows', { timeout: 60_000 }, async () => {
  const preload = createRequire(import.meta.url).resolve('@tutti/preload')
  const { TUTTI_DIR: _, ...env } = process.env
  const app = spawn(process.execPath, ['--require', preload, 'app.ts'], {
    cwd: folder,
    env: { ...env, OTEL_EXPORTER_PROMETHEUS_PORT: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  try {
    let said = ''
    app.stderr.on('data', chunk => {
      said += chunk
    })
    const url = await vi.waitFor(() => /http:\S+\/metrics/.exec(said)![0], 20_000)
    const shown = guide.split('```text\n')[1].split('```')[0].trim().split('\n')
    await vi.waitFor(async () => {
      const page = await (await fetch(url)).text()
      const lines = page.split('\n').map(line =>
        line
          .replace(/otel_scope_\w+="[^"]*",?/g, '')
          .replace(',}', '}')
          .replace('{}', ''),
      )
      for (const line of shown) expect(lines).toContain(line)
    }, 20_000)
  } finally {
    app.kill('SIGKILL')
    await once(app, 'exit')
  }
})

test('it can be documented', () => {
  const { status, stderr } = spawnSync(process.execPath, ['document.ts'], { cwd: folder, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const markdown = readFileSync(join(folder, 'METRICS.md'), 'utf8')
  expect(markdown).toContain(
    '| `feed_polls_total` | counter |  | `format` (rss, atom), `outcome` (success, failure) | Polls of feeds. |',
  )
  expect(markdown).toContain(
    'Objective of feed.poll: 99 % good within 5 s over 30 days, `feed_poll_objective_good_total` / `feed_poll_objective_events_total`.',
  )
})
