import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface TypedLiteral {
  /** What `tsc` calls it in a complaint. */
  title: string
  module: string
  type: string
  value: unknown
}

/**
 * What the compiler says of values that are written as literals of their types: a field that is missing, misspelled,
 * in the wrong place or of the wrong type. One line a complaint.
 */
export function complaintsOf(literals: TypedLiteral[]): string[] {
  const parent = join(import.meta.dirname, '..', '..', '.tutti')
  mkdirSync(parent, { recursive: true })
  // Below the package, so that the types are found.
  const folder = mkdtempSync(join(parent, 'typed-'))
  try {
    literals.forEach(({ title, module, type, value }, index) => {
      const source = [
        `// ${title}`,
        `import type { ${type} as Expected } from '${module}'`,
        `export const value: Expected = ${JSON.stringify(value, null, 2)}`,
      ]
      writeFileSync(join(folder, `${index}.ts`), source.join('\n'))
    })
    const compilerOptions = { noEmit: true, types: [], verbatimModuleSyntax: true }
    const config = { extends: '../../../../tsconfig.base.json', compilerOptions, include: ['*.ts'] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const { stdout, error } = spawnSync('tsc', ['--pretty', 'false', '--project', folder], {
      encoding: 'utf8',
    })
    if (error) throw error
    return stdout
      .split('\n')
      .filter(line => line !== '')
      .map(line => line.replace(/^.*?(\d+)\.ts\(/, (_, index) => `${literals[Number(index)].title} (`))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
