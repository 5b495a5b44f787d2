import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import GitHubSlugger from 'github-slugger'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { toString as textOf } from 'mdast-util-to-string'
import { gfm } from 'micromark-extension-gfm'
import { visit } from 'unist-util-visit'
import { repository } from '../repository.ts'

export interface CodeBlock {
  /** `docs/faq.md:12`, for messages. */
  readonly where: string
  readonly language: string
  /** What stands behind the language: a file's name, `vitest`, `message`. */
  readonly meta: string
  readonly text: string
}

/** A page of the repository, taken apart. */
export interface Page {
  /** Relative to the repository. */
  readonly path: string
  readonly links: readonly { readonly where: string; readonly url: string; readonly text: string }[]
  /** What a link may name behind its `#`. */
  readonly anchors: ReadonlySet<string>
  readonly blocks: readonly CodeBlock[]
  /** Code within a line. */
  readonly codes: readonly { readonly where: string; readonly text: string }[]
}

export function readPage(path: string): Page {
  return parsePage(path, readFileSync(join(repository, path), 'utf8'))
}

/** @param path what the page is called, for messages. */
export function parsePage(path: string, text: string): Page {
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const slugger = new GitHubSlugger()
  const page = { path, links: [], anchors: new Set<string>(), blocks: [], codes: [] } as Parts
  visit(tree, (node: Nodes) => {
    const where = `${path}:${node.position?.start.line}`
    if (node.type === 'heading') page.anchors.add(slugger.slug(textOf(node)))
    if (node.type === 'html')
      for (const [, id] of node.value.matchAll(/\sid="([^"]+)"/g)) page.anchors.add(id!)
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition')
      page.links.push({ where, url: node.url, text: textOf(node) })
    if (node.type === 'code')
      page.blocks.push({ where, language: node.lang ?? '', meta: node.meta ?? '', text: node.value })
    if (node.type === 'inlineCode') page.codes.push({ where, text: node.value })
  })
  return page
}

interface Parts {
  path: string
  links: { where: string; url: string; text: string }[]
  anchors: Set<string>
  blocks: CodeBlock[]
  codes: { where: string; text: string }[]
}
