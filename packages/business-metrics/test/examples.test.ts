import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tutti-examples-'))
symlinkSync(join(root, '../../node_modules'), join(folder, 'node_modules'))

afterAll(() => rmSync(folder, { recursive: true }))

const files = ['README.md']
const examples = files.flatMap(file => {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^```ts( vitest)?\n(.*?)^```$/gms)].map(([, vitest, code], index) => ({
    name: `example ${index + 1} of ${file}`,
    isTest: vitest !== undefined,
    code,
  }))
})

test('there are examples', () => {
  expect(examples.length).toBeGreaterThanOrEqual(5)
})

test('every example compiles, types included', { timeout: 120_000 }, () => {
  const names = examples.map(({ code }, index) => {
    const file = join(folder, `example-${index}.mts`)
    writeFileSync(file, code)
    return file
  })
  const program = ts.createProgram(names, {
    ...{ strict: true, noEmit: true, skipLibCheck: true, exactOptionalPropertyTypes: true, types: ['node'] },
    ...{
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2024.d.ts', 'lib.esnext.disposable.d.ts', 'lib.esnext.decorators.d.ts'],
    },
    ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  })
  const errors = ts.getPreEmitDiagnostics(program)
  expect(
    errors.map(
      ({ file, messageText }) => `${file?.fileName} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    ),
  ).toEqual([])
})

test.each(examples.filter(({ isTest }) => !isTest))('$name runs', ({ name, code }) => {
  const { stdout, stderr, status } = runCode(name, code)
  expect({ stderr: withoutWarnings(stderr), status }).toEqual({ stderr: '', status: 0 })
  // What an example prints stands beside it.
  const promised = [...code.matchAll(/console\.log\(.*\) \/\/ (.*)/g)].map(([, line]) => line)
  expect(stdout.split('\n').filter(line => line !== '')).toEqual(promised)
})

test('the examples for vitest pass', { timeout: 120_000 }, () => {
  const some = examples.filter(({ isTest }) => isTest)
  for (const [index, { code }] of some.entries())
    writeFileSync(join(folder, `example-${index}.test.ts`), code)
  const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url))
  const { stdout, status } = spawnSync(process.execPath, [vitest, 'run', '--root', folder], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
  })
  expect(stdout).toContain(`Test Files  ${some.length} passed`)
  expect(status).toBe(0)
})

function runCode(name: string, code: string): { stdout: string; stderr: string; status: number | null } {
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
  const { outputText } = ts.transpileModule(code, { compilerOptions: options })
  const file = join(folder, `${name.replaceAll(/\W+/g, '-')}.mjs`)
  writeFileSync(file, outputText)
  return spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: 30_000 })
}

/** Examples do wrong things to show what is said of them. */
function withoutWarnings(stderr: string): string {
  return stderr.replaceAll(/^\(node:\d+\) TuttiMetricsWarning.*\n|^\(Use `node --trace-warnings.*\n/gm, '')
}
