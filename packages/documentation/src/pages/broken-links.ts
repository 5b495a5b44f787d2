import { existsSync } from 'node:fs'
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
        const [file, anchor] = decodeURI(url).split('#')
        const target = file === '' ? path : normalize(join(dirname(path), file!)).replace(/\/$/, '')
        if (!existsSync(join(repository, target))) return [`${where}: there is no ${target}`]
        if (anchor === undefined || !target.endsWith('.md') || anchors.get(target)?.has(anchor)) return []
        return [`${where}: ${target} has no #${anchor}`]
      }),
  )
}
