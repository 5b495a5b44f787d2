import { createReadStream } from 'node:fs'

/** When an app has been up for so long, nobody waits for it to start. */
const DELAY_MS = 5_000
/** A piece is searched in less than a millisecond, so that no request waits. */
const PIECE_BYTES = 1 << 17
const MAX_BYTES = 1 << 25
/** A comment of esbuild, of Rollup's followers, of webpack. */
const SIGN = /(?:^\/\/(?:#region)? |!\*\*\* )\S*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\/\S+(?: \*\*\*!|$)/gm
/** What the server that Next.js generates has in its first lines, and no other file. */
const NEXT_STANDALONE = '__NEXT_PRIVATE_STANDALONE_CONFIG'

/**
 * Tells of an app in a bundle. A library inside a bundle is not loaded as a file of its own, so nothing can hook it
 * and its metrics are missing, silently. Looked at once, late, and piece by piece; and only what bundlers write over
 * a library's code counts: `// node_modules/pg/lib/client.js`.
 */
export function watchForBundle(
  libraries: readonly string[],
  warn: (line: string) => void,
  delayMs: number = DELAY_MS,
): void {
  setTimeout(() => {
    const [, script] = process.argv
    if (script === undefined || /[\\/]node_modules[\\/]/.test(script)) return
    describeBundle(script, libraries).then(
      line => line !== undefined && warn(line),
      () => {
        // Not a file that can be read: nothing is certain.
      },
    )
  }, delayMs).unref()
}

/** One line about a script that is a bundle; undefined for any other. Rejects when it can't be read. */
export async function describeBundle(
  script: string,
  libraries: readonly string[],
): Promise<string | undefined> {
  const found = await findBundled(script, libraries)
  if (found === 'next') return describeNext(script)
  if (found.length === 0) return undefined
  return (
    `${script} is a bundle that contains ${found.join(', ')}: inside a bundle they can't be seen, and their ` +
    'metrics are missing. Leave packages out of the bundle (esbuild: --packages=external; webpack and Rollup: externals).'
  )
}

/** Those of the libraries that lie in the script, by name; `next` for the server that Next.js generates. */
export async function findBundled(script: string, libraries: readonly string[]): Promise<string[] | 'next'> {
  const found = new Set<string>()
  for await (const piece of createReadStream(script, { highWaterMark: PIECE_BYTES, end: MAX_BYTES })) {
    const text = (piece as Buffer).toString('latin1')
    if (text.includes(NEXT_STANDALONE)) return 'next'
    for (const [, name] of text.matchAll(SIGN)) if (libraries.includes(name!)) found.add(name!)
  }
  return [...found].sort()
}

function describeNext(script: string): string {
  return (
    `${script} is a Next.js standalone server: its requests are measured, without http.route, and libraries that ` +
    'Next.js leaves out of its bundles: pg, express, and what next.config names in serverExternalPackages.'
  )
}
