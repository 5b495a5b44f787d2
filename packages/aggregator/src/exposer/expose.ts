import { renameSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { EXPOSER_ADDRESS, NEWBORN_PREFIX } from '../directory/files.ts'
import { LivePage } from '../exposition/live-page.ts'
import { folder } from '../ledger/folder.ts'
import { DirectoryReader } from '../snapshot/directory-reader.ts'
import { createMetricsServer } from './server.ts'

export interface ExposeOptions {
  readonly directory: string
  readonly host: string
  readonly port: number
  readonly path: string
}

/** The dead are folded this often, scraped or not, so that files stay few. */
const FOLD_INTERVAL_MS = 1_000

/** Serves the page of a directory from this thread. Rejects when the address can't be listened on. */
export async function expose(
  options: ExposeOptions,
  warn: (line: string) => void,
): Promise<{ url: string; close(): Promise<void> }> {
  const reader = new DirectoryReader(options.directory, Date.now, warn)
  const page = new LivePage(reader, { warn })
  const fold = folder(reader, warn)
  const server = createMetricsServer(
    options.path,
    {
      update() {
        fold()
        page.update()
      },
      write: (format, allocate) => page.write(format, allocate),
    },
    warn,
  )
  await listen(server, options)
  const url = urlOf(server.address() as AddressInfo, options)
  announce(options.directory, url)
  const timer = setInterval(fold, FOLD_INTERVAL_MS).unref()

  return {
    url,
    close: () =>
      new Promise(resolve => {
        clearInterval(timer)
        server.close(() => {
          reader.close()
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

/** `exclusive`: in a cluster worker, listen here and not in the primary. */
function listen(server: Server, { host, port }: ExposeOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject)
      server.on('error', () => {})
      resolve()
    })
  })
}

function urlOf({ address, family, port }: AddressInfo, { path }: ExposeOptions): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}${path}`
}

/** Port 0 gives any free port: whoever looks into the directory finds where the page is. */
function announce(directory: string, url: string): void {
  const aside = join(directory, `${NEWBORN_PREFIX}exposer-${process.pid}`)
  try {
    writeFileSync(aside, `${url}\n`, { mode: 0o600 })
    renameSync(aside, join(directory, EXPOSER_ADDRESS))
  } catch {
    // A full disk: the page is served all the same.
  }
}
