import { text } from 'node:stream/consumers'
import { Failure } from '../arguments/failure.ts'
import type { Given } from '../arguments/given.ts'
import { fetchPage } from './fetch-page.ts'
import { readText } from './read-text.ts'
import { describeSource, type Source } from './source.ts'
import { tokenOf } from './token.ts'

export type ReadPage = () => Promise<string>

/** Reads a source again and again: the text of its page. Rejects with {@link Failure}. */
export function pageReader(source: Source, given: Given): ReadPage {
  switch (source.kind) {
    case 'directory':
      return () => readDirectory(source.directory)
    case 'file':
      return async () => readText(source.path)
    case 'stdin':
      return () => text(process.stdin)
    case 'url': {
      const token = tokenOf(given)
      return () => fetchPage(source.url, describeSource(source), token)
    }
  }
}

async function readDirectory(directory: string): Promise<string> {
  const { renderMetrics } = await import('@tutti/aggregator')
  try {
    return (await renderMetrics(directory)).body.toString()
  } catch (error) {
    throw new Failure(`${directory} can't be read: ${(error as Error).message}. ${mend(error)}`)
  }
}

function mend(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM') return 'Run this as the user of the service.'
  return 'Is the service running?'
}
