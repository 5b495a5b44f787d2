import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repository } from '../repository.ts'
import { referencePages } from './pages.ts'

/** `npm run reference`: writes every page of docs/ that is made from code in this package. */
for (const { path, text } of await referencePages()) {
  const file = join(repository, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  console.log(path)
}
