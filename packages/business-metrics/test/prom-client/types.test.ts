import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'tutti-prom-types-'))
symlinkSync(fileURLToPath(new URL('../../../../node_modules', import.meta.url)), join(folder, 'node_modules'))
afterAll(() => rmSync(folder, { recursive: true }))

const program = readFileSync(new URL('types/program.ts', import.meta.url), 'utf8')

const ours = '@tutti/business-metrics/prom-client'
const { NodeNext, ESNext } = ts.ModuleKind

test.each([
  {
    how: "as a module of Node's",
    files: [`${ours}.mts`, `${ours}.cts`, 'prom-client.mts'],
    module: NodeNext,
  },
  { how: 'for a bundler', files: [`${ours}.ts`], module: ESNext },
])(
  "a program written against prom-client's types compiles with the adapter's, $how",
  {
    timeout: 120_000,
  },
  ({ files, module }) => {
    const names = files.map(each => {
      const [, library, extension] = /^(.*)\.(\w+)$/.exec(each) ?? []
      const name = join(folder, `${library.replaceAll(/\W/g, '-')}.${extension}`)
      writeFileSync(name, program.replace(`from 'prom-client'`, `from '${library}'`))
      return name
    })
    const isNode = module === NodeNext
    const compiled = ts.createProgram(names, {
      // The declarations themselves are checked once.
      ...{
        strict: true,
        noEmit: true,
        skipLibCheck: !isNode,
        esModuleInterop: true,
        types: ['node'],
        module,
      },
      ...{ target: ts.ScriptTarget.ES2022, lib: ['lib.es2024.d.ts', 'lib.esnext.disposable.d.ts'] },
      moduleResolution: isNode ? ts.ModuleResolutionKind.NodeNext : ts.ModuleResolutionKind.Bundler,
    })
    const errors = ts.getPreEmitDiagnostics(compiled).map(({ file, start, messageText }) => {
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1
      return `${file?.fileName}:${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    })
    expect(errors).toEqual([])
  },
)
