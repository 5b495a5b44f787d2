import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, expect, test } from 'vitest'

// What the page does, step by step, is tried by packages/documentation.
const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tutti-guide-'))
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
const guide = readFileSync(join(root, 'docs/getting-started/library.md'), 'utf8')
for (const [, file, code] of guide.matchAll(/^```ts (\S+)\n(.*?)^```$/gms))
  writeFileSync(join(folder, file), code)
writeFileSync(join(folder, 'package.json'), '{"type":"module"}')

afterAll(() => rmSync(folder, { recursive: true }))

test('the library of the guide compiles for whoever checks declarations, too, with no types of Node', {
  timeout: 120_000,
}, () => {
  const program = ts.createProgram([join(folder, 'feeds.ts')], {
    ...{ strict: true, noEmit: true, skipLibCheck: false, allowImportingTsExtensions: true, types: [] },
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext },
  })
  const errors = ts.getPreEmitDiagnostics(program)
  const ours = errors.filter(({ file }) => /business-metrics|feeds|metrics\.ts/.test(file?.fileName ?? ''))
  expect(ours.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([])
})
