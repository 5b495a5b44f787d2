import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const file = fileURLToPath(new URL('./types/labels.ts', import.meta.url))
const text = readFileSync(file, 'utf8')

/** The lines in which the compiler finds errors, when the file reads so. */
function errorLines(source: string): number[] {
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, exactOptionalPropertyTypes: true, types: ['node'] },
    ...{
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2024.d.ts', 'lib.esnext.disposable.d.ts', 'lib.esnext.decorators.d.ts'],
    },
    ...{ module: ts.ModuleKind.NodeNext, allowImportingTsExtensions: true },
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile } = host
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, source, {
          languageVersion: ts.ScriptTarget.ES2022,
          impliedNodeFormat: ts.ModuleKind.ESNext,
        })
      : getSourceFile(name, ...rest)
  const program = ts.createProgram([file], options, host)
  const lines = ts
    .getPreEmitDiagnostics(program)
    .map(({ file: where, start }) =>
      where?.fileName === file ? where.getLineAndCharacterOfPosition(start!).line : -1,
    )
  return [...new Set(lines)].sort((a, b) => a - b)
}

test('labels that are allowed compile, and those that are not are expected errors', {
  timeout: 120_000,
}, () => {
  expect(errorLines(text)).toEqual([])
})

test('each of those errors is one: without the expectation the compiler finds it', {
  timeout: 120_000,
}, () => {
  const lines = text.split('\n')
  const expected = lines.flatMap((line, index) => (line.includes('@ts-expect-error') ? [index + 1] : []))
  expect(expected.length).toBeGreaterThan(20)
  expect(errorLines(text.replaceAll('@ts-expect-error', 'an error:'))).toEqual(expected)
})
