import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { allPages } from '../../src/pages/all-pages.ts'
import { brokenLinks, pagesOffTheMap, unknownTests } from '../../src/pages/broken-links.ts'
import { compileBlocks } from '../../src/pages/compile.ts'
import { unknownCommands } from '../../src/pages/unknown-commands.ts'
import { unknownMessages, unknownNames } from '../../src/pages/unknown-names.ts'

const pages = allPages()
const written = pages.filter(({ path }) => !path.startsWith('docs/reference/api/'))

test('every link within the repository leads to something that is there', () => {
  expect(pages.length).toBeGreaterThan(60)
  expect(brokenLinks(pages)).toEqual([])
})

test('every page below docs/ is on the map, or on a page beside it that is', () => {
  expect(pagesOffTheMap(pages)).toEqual([])
})

test('every test that the security page names is in the file that it links to', () => {
  expect(unknownTests(pages.filter(({ path }) => path === 'docs/security.md'))).toEqual([])
})

test('what is JavaScript or TypeScript on a page compiles, types included', () => {
  expect(compileBlocks(written)).toEqual([])
})

test('what is JSON or YAML on a page can be read', () => {
  const blocks = written.flatMap(page => page.blocks)
  const problems = blocks.flatMap(({ where, language, text }) => {
    if (language === 'json') return parsing(where, () => JSON.parse(text))
    if (language !== 'yaml') return []
    return parseAllDocuments(text).flatMap(({ errors }) =>
      errors.map(({ message }) => `${where}: ${message}`),
    )
  })
  expect(problems).toEqual([])
})

test('what is shell on a page is what bash can read', () => {
  const blocks = written.flatMap(page => page.blocks).filter(({ language }) => language === 'sh')
  const problems = blocks.flatMap(({ where, text }) => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' })
    return status === 0 ? [] : [`${where}: ${stderr}`]
  })
  expect(problems).toEqual([])
})

test('every npm script and every tutti command on a page is there, options included', () => {
  expect(unknownCommands(pages)).toEqual([])
})

test('every TUTTI_ variable and every tutti_ metric on a page is one that the code knows', () => {
  expect(unknownNames(pages)).toEqual([])
})

test('every message that a page quotes is one that the code prints', () => {
  const quoted = pages.flatMap(page => page.blocks).filter(({ meta }) => meta === 'message')
  expect(quoted.length).toBeGreaterThan(10)
  expect(unknownMessages(pages)).toEqual([])
})

function parsing(where: string, read: () => unknown): string[] {
  try {
    read()
    return []
  } catch (error) {
    return [`${where}: ${(error as Error).message}`]
  }
}
