import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { runningDirectories } from '@tutti/aggregator/inspect'
import { Failure } from '../arguments/failure.ts'
import { suggest } from '../arguments/suggest.ts'

/** Where a page comes from. */
export type Source =
  | { readonly kind: 'directory'; readonly directory: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stdin' }

const URL_LIKE = /^https?(\+unix)?:\/\//
const HOST_AND_PORT = /^(\[[\da-f:]+\]|[\w.-]+):\d{1,5}(\/.*)?$/i

/**
 * What an operand names: a URL, a directory, a file, `-`, or a running service; without one `TUTTI_DIR`, else the
 * one service that runs. Throws {@link Failure}.
 */
export function chooseSource(operand: string | undefined, env: NodeJS.ProcessEnv = process.env): Source {
  if (operand === undefined) {
    const named = env.TUTTI_DIR?.trim()
    return { kind: 'directory', directory: named ? existing(named) : theOnlyOne() }
  }
  if (operand === '-') return { kind: 'stdin' }
  if (URL_LIKE.test(operand)) return { kind: 'url', url: withPath(operand) }
  if (existsSync(operand))
    return statSync(operand).isDirectory()
      ? { kind: 'directory', directory: resolve(operand) }
      : { kind: 'file', path: resolve(operand) }
  if (HOST_AND_PORT.test(operand)) return { kind: 'url', url: withPath(`http://${operand}`) }
  return { kind: 'directory', directory: runningNamed(operand) }
}

export function describeSource(source: Source): string {
  switch (source.kind) {
    case 'directory':
      return source.directory
    case 'url':
      return source.url.replace(/\/\/[^/@]*@/, '//')
    case 'file':
      return source.path
    case 'stdin':
      return 'standard input'
  }
}

/** A page that is not said to be elsewhere is at `/metrics`. */
function withPath(text: string): string {
  if (!URL.canParse(text))
    throw new Failure(`${JSON.stringify(text)} is no URL. Write it as http://host:9464/metrics.`)
  const url = new URL(text)
  if (url.pathname === '/' || url.pathname === '') url.pathname = '/metrics'
  return url.href
}

function existing(directory: string): string {
  if (existsSync(directory)) return directory
  throw new Failure(
    `TUTTI_DIR is ${directory}, which is not there. Start the service first, or name another source.`,
  )
}

function theOnlyOne(): string {
  const running = runningDirectories()
  if (running.length === 1) return running[0].directory
  if (running.length === 0)
    throw new Failure(
      'no service runs here that this user could look at. Start one with "node --require @tutti/preload app.js", ' +
        'or name a directory or a URL.',
    )
  throw new Failure(`${running.length} services run here; name one of them:\n${listed(running)}`)
}

function runningNamed(name: string): string {
  const running = runningDirectories()
  const exact = running.filter(each => each.name === name)
  const found = exact.length > 0 ? exact : running.filter(each => each.name.includes(name))
  if (found.length === 1) return found[0].directory
  if (found.length > 1)
    throw new Failure(`${found.length} running services are called so; name a directory:\n${listed(found)}`)
  const meant = suggest(
    name,
    running.map(each => each.name),
  )
  const mend = meant === undefined ? 'Name a directory, a URL or a file.' : `Did you mean ${meant}?`
  throw new Failure(`${JSON.stringify(name)} is neither a directory, a file, nor a running service. ${mend}`)
}

function listed(running: readonly { name: string; directory: string; writerCount: number }[]): string {
  return running
    .map(({ name, directory, writerCount }) => `  ${name}  ${directory}  (${writerCount} writers)`)
    .join('\n')
}
