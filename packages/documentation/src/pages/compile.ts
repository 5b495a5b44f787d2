import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { repository } from '../repository.ts'
import type { CodeBlock, Page } from './read-page.ts'
import { IMPORTED, OWN } from './reader-names.ts'

/**
 * What the compiler has to say about the JavaScript and TypeScript on pages, types included, against the packages as
 * they are built. A block with a file's name is that file, in one folder with the others of its page; any other is a
 * module of its own, for which missing imports are filled in from {@link IMPORTED}. `ts vitest` is a test.
 */
export function compileBlocks(pages: readonly Page[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-blocks-'))
  try {
    symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'))
    const places = new Map<string, CodeBlock>()
    for (const [index, page] of pages.entries()) {
      const home = join(folder, String(index))
      mkdirSync(home)
      writeFileSync(join(home, 'package.json'), '{"type":"module"}')
      for (const [count, block] of page.blocks.filter(isScript).entries()) {
        const file = join(home, fileName(block, count))
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, isFile(block) ? block.text : withImports(block.text))
        places.set(file, block)
      }
    }
    return diagnose([...places.keys()]).map(({ file, line, message }) => {
      return `${places.get(file)?.where ?? file}, line ${line}: ${message}`
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function isScript({ language }: CodeBlock): boolean {
  return ['js', 'ts', 'mjs', 'cjs', 'javascript', 'typescript'].includes(language)
}

function isFile({ meta }: CodeBlock): boolean {
  return meta.includes('.')
}

function fileName(block: CodeBlock, count: number): string {
  if (isFile(block)) return block.meta
  const common =
    /\bmodule\.exports|\brequire\(/.test(block.text) && !/^import\b/m.test(block.text) ? 'c' : 'm'
  return `block-${count}.${common}${block.language.startsWith('t') ? 'ts' : 'js'}`
}

/** On the first line, so that lines stay what they are on the page. */
function withImports(text: string): string {
  const missing = Object.entries(IMPORTED).filter(
    ([name]) =>
      new RegExp(`\\b${name}\\b`).test(text) && !new RegExp(`import[^\\n]*\\b${name}\\b`).test(text),
  )
  return missing.map(([name, from]) => `import { ${name} } from '${from}'; `).join('') + text
}

function diagnose(files: string[]): { file: string; line: number; message: string }[] {
  const program = ts.createProgram(files, {
    ...{ strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true, types: ['node'] },
    ...{
      allowJs: true,
      checkJs: true,
      noImplicitAny: false,
      typeRoots: [join(repository, 'node_modules/@types')],
    },
    ...{
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleDetection: ts.ModuleDetectionKind.Force,
    },
    lib: ['lib.es2024.d.ts', 'lib.esnext.disposable.d.ts', 'lib.esnext.decorators.d.ts'],
  })
  const ours = new Set(files)
  return ts.getPreEmitDiagnostics(program).flatMap(({ file, start, messageText, code }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, ' ')
    if (file === undefined || !ours.has(file.fileName) || isReaders(code, message)) return []
    // Who writes JavaScript says no types; and what `require('node:cluster')` gives, @types/node does not know.
    if (/js$/.test(file.fileName) && /type 'unknown'|typeof import\("node:/.test(message)) return []
    return [{ file: file.fileName, line: file.getLineAndCharacterOfPosition(start ?? 0).line + 1, message }]
  })
}

const NO_SUCH_NAME = [2304, 18004]
const NO_SUCH_MODULE = 2307
const NO_DECLARATIONS = 7016

function isReaders(code: number, message: string): boolean {
  const [, name = ''] = /'([^']+)'/.exec(message) ?? []
  if (NO_SUCH_NAME.includes(code)) return OWN.includes(name)
  return code === NO_DECLARATIONS || (code === NO_SUCH_MODULE && name.startsWith('.'))
}
