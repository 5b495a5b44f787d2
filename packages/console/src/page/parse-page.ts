import type { Family, Page, Problem, Sample } from './page.ts'
import { parseSample } from './parse-sample.ts'
import { unescaped } from './unescaped.ts'

/**
 * Reads a page in the text format 0.0.4, 1.0.0 or OpenMetrics. Never throws: what is none of it is listed with its
 * line. Our own, because nothing that is kept up on npm reads quoted UTF-8 names (Prometheus exposition formats, text).
 */
export function parsePage(text: string): Page {
  const families = new Map<string, Family>()
  const problems: Problem[] = []
  let current: Family | undefined
  const familyNamed = (name: string): Family => {
    let family = families.get(name)
    if (family === undefined) {
      family = { name, type: 'untyped', help: '', unit: '', samples: [] }
      families.set(name, family)
    }
    return family
  }
  let line = 0
  for (const row of lines(text)) {
    line++
    if (row === '' || row === '# EOF') continue
    if (row.startsWith('#')) {
      const said = parseComment(row)
      if (said === undefined) continue
      current = familyNamed(said.name)
      current[said.about] = said.text
      continue
    }
    const sample = parseSample(row)
    if (typeof sample === 'string') problems.push({ line, why: sample })
    else {
      current = current !== undefined && belongs(sample, current) ? current : familyNamed(sample.name)
      current.samples.push(sample)
    }
  }
  return { families: [...families.values()], problems }
}

function* lines(text: string): Iterable<string> {
  let start = 0
  while (start < text.length) {
    const end = text.indexOf('\n', start)
    const stop = end < 0 ? text.length : end
    yield text.slice(start, stop).replace(/\r$/, '')
    start = stop + 1
  }
}

const COMMENT = /^# (HELP|TYPE|UNIT) ("(?:[^"\\]|\\.)*"|\S+)(?: (.*))?$/

function parseComment(
  row: string,
): { about: 'help' | 'type' | 'unit'; name: string; text: string } | undefined {
  const [, keyword, written, text = ''] = COMMENT.exec(row) ?? []
  if (keyword === undefined) return undefined
  const name = written.startsWith('"') ? unescaped(written.slice(1, -1)) : written
  const about = keyword.toLowerCase() as 'help' | 'type' | 'unit'
  return { about, name, text: about === 'help' ? unescaped(text) : text.trim() }
}

/** In which a sample may end beyond its family's name. */
const SUFFIXES = new Set(['', '_total', '_created', '_bucket', '_sum', '_count', '_info', '_gsum', '_gcount'])

function belongs({ name }: Sample, family: Family): boolean {
  return name.startsWith(family.name) && SUFFIXES.has(name.slice(family.name.length))
}
