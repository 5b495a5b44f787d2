import { globSync } from 'node:fs'
import { repository } from '../repository.ts'
import { type Page, readPage } from './read-page.ts'

const NOT_OURS = ['node_modules', 'dist', '.turbo', '.git']

/** Every page of the repository. */
export function allPages(): Page[] {
  const exclude = (path: string) => NOT_OURS.includes(path.split('/').at(-1)!)
  return globSync('**/*.md', { cwd: repository, exclude }).sort().map(readPage)
}
