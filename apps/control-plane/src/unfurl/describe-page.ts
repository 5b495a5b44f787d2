import { Parser } from 'htmlparser2'

export interface PageDescription {
  title: string | null
  description: string | null
}

const textLimit = 300

/** What a page says of itself: its title and its description, or what it tells social networks. */
export function describePage(html: string): PageDescription {
  let title: string | undefined
  let inTitle = false
  const meta = new Map<string, string>()
  const parser = new Parser({
    onopentag(name, { name: metaName, property, content }) {
      if (name === 'title' && title === undefined) {
        inTitle = true
        title = ''
      }
      const key = (property ?? metaName)?.toLowerCase()
      if (name === 'meta' && key && content !== undefined) meta.set(key, content)
    },
    ontext(text) {
      if (inTitle) title += text
    },
    onclosetag(name) {
      if (name === 'title') inTitle = false
    },
  })
  parser.end(html)
  return {
    title: tidy(title ?? meta.get('og:title')),
    description: tidy(meta.get('description') ?? meta.get('og:description')),
  }
}

function tidy(text: string | undefined): string | null {
  // A NUL is text in HTML and none in PostgreSQL.
  const tidied = text?.replaceAll('\0', '').replace(/\s+/g, ' ').trim().slice(0, textLimit)
  return tidied || null
}
