import type { Page } from './read-page.ts'
import { readPage } from './read-page.ts'
import { sources, textsInSources } from './source-text.ts'

/** `TUTTI_*` variables and `tutti_*` metrics that pages name and nothing in the code knows. */
export function unknownNames(pages: readonly Page[]): string[] {
  const code = sources()
  const documented = readPage('docs/reference/metrics.md').codes.map(({ text }) => text)
  return pages.flatMap(({ codes, blocks }) =>
    [...codes, ...blocks].flatMap(({ where, text }) => {
      const variables = [...text.matchAll(/\bTUTTI_[A-Z_]+[A-Z]\b/g)].map(([name]) => name)
      const metrics = [...text.matchAll(/\btutti_[a-z_]+[a-z]\b/g)].map(([name]) => name)
      return [
        ...variables.filter(name => !code.includes(name)),
        ...metrics.filter(name => !documented.includes(name)),
      ].map(name => `${where}: nothing in the code knows ${name}`)
    }),
  )
}

/** Messages that pages quote (` ```text message `) and that nothing prints. `…` stands for what is filled in. */
export function unknownMessages(pages: readonly Page[]): string[] {
  const texts = textsInSources()
  return pages
    .flatMap(({ blocks }) => blocks)
    .filter(({ language, meta }) => language === 'text' && meta === 'message')
    .flatMap(({ where, text }) =>
      text
        .split('\n')
        .flatMap(line => line.replace(/^tutti: /, '').split('…'))
        .map(part => part.replace(/^[.;:,) ]+/, '').trim())
        .filter(part => /\w/.test(part) && !texts.some(each => each.includes(part)))
        .map(part => `${where}: nothing prints "${part}"`),
    )
}
