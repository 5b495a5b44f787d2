import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { referencePages } from '../../src/reference/pages.ts'
import { repository } from '../../src/repository.ts'

test('every page that is made from code is what the code makes now', async () => {
  const pages = await referencePages()
  for (const { path, text } of pages)
    expect(
      readFileSync(join(repository, path), 'utf8'),
      `${path} is out of date: npm run --workspace @tutti/documentation reference`,
    ).toBe(text)

  const kept = readdirSync(join(repository, 'docs/reference/api')).map(name => `docs/reference/api/${name}`)
  const made = pages.map(({ path }) => path)
  expect(kept.filter(path => !made.includes(path))).toEqual([])
})
