import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { repository } from '../repository.ts'
import type { Page } from './read-page.ts'

/** Links within the repository that lead nowhere, each as a line that says why. Those to other sites are not asked. */
export function brokenLinks(pages: readonly Page[]): string[] {
  const anchors = new Map(pages.map(page => [page.path, page.anchors]))
  return pages.flatMap(({ path, links }) =>
    links
      .filter(({ url }) => !/^[a-z]+:/.test(url))
      .flatMap(({ where, url }) => {
        const [, anchor] = decodeURI(url).split('#')
        const target = targetOf(path, url)
        if (!existsSync(join(repository, target))) return [`${where}: there is no ${target}`]
        if (anchor === undefined || !target.endsWith('.md') || anchors.get(target)?.has(anchor)) return []
        return [`${where}: ${target} has no #${anchor}`]
      }),
  )
}

const MAP = 'docs/README.md'

/** Pages below docs/ to which the map has no link; one of a folder is enough that has an index on the map. */
export function pagesOffTheMap(pages: readonly Page[]): string[] {
  const linked = new Set(pages.filter(({ path }) => path === MAP).flatMap(targets))
  const indexed = pages.filter(({ path }) => linked.has(path)).flatMap(targets)
  const found = new Set([
    MAP,
    ...linked,
    ...indexed.filter(path => /^docs\/(runbooks|reference\/api)\//.test(path)),
  ])
  return pages.map(({ path }) => path).filter(path => path.startsWith('docs/') && !found.has(path))
}

function targets({ path, links }: Page): string[] {
  return links.filter(({ url }) => !/^[a-z]+:/.test(url)).map(({ url }) => targetOf(path, url))
}

function targetOf(path: string, url: string): string {
  const [file] = decodeURI(url).split('#')
  return file === '' ? path : normalize(join(dirname(path), file!)).replace(/\/$/, '')
}

/** Links whose text quotes a test, which their file has not: each as a line that says which. */
export function unknownTests(pages: readonly Page[]): string[] {
  return pages.flatMap(({ path, links }) =>
    links
      .filter(({ url, text }) => url.endsWith('.test.ts') && !url.endsWith(`/${text}`))
      .filter(({ url, text }) => {
        const file = join(repository, targetOf(path, url))
        const source = (existsSync(file) ? readFileSync(file, 'utf8') : '').replaceAll("\\'", "'")
        return !source.includes(text)
      })
      .map(({ where, url, text }) => `${where}: ${url} has no test "${text}"`),
  )
}
