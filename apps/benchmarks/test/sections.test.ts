import { expect, test } from 'vitest'
import { keepSections } from '../src/sections.ts'

const head = '# Results\n\nthis machine\n\n'

test('parts that were not measured again stay where they are', () => {
  const old = `${head}## One\n\n1\n\n## Two\n\n2\n`
  expect(keepSections(old, `${head}## Two\n\n22\n\n## Three\n\n3\n`)).toBe(
    `${head}## One\n\n1\n\n## Two\n\n22\n\n## Three\n\n3`,
  )
})

test('nothing is kept that another machine or other versions measured', () => {
  const report = '# Results\n\nanother machine\n\n## Two\n\n22\n'
  expect(keepSections(`${head}## One\n\n1\n`, report)).toBe(report)
})

test('the first report is kept as it is', () => {
  expect(keepSections('', `${head}## One\n\n1\n`)).toBe(`${head}## One\n\n1\n`)
})
