import { ExposerFigures } from '../exposition/exposer-figures.ts'
import { LivePage } from '../exposition/live-page.ts'
import { type PageOptions, pageOptionsOf } from '../exposition/page-options.ts'
import { folder } from '../ledger/folder.ts'
import { DirectoryReader } from '../snapshot/directory-reader.ts'
import { type Compare, PasswordCheck } from './access/password-check.ts'
import { announce, type ListenOptions, listen } from './address.ts'
import { lazyConsole } from './console/console.ts'
import { Deaths } from './console/deaths.ts'
import { LIMITS, type Limits } from './limits.ts'
import { Protection, type ProtectionOptions } from './protection.ts'
import { Refusals } from './refusals.ts'
import { servePages } from './serve-pages.ts'
import { createMetricsServer } from './server.ts'
import { socketPathOf } from './socket-path.ts'
import { ConfigurationError } from './web-config/configuration-error.ts'

export interface ExposeOptions extends ListenOptions, ProtectionOptions, PageOptions {
  readonly directory: string
  /** Whether the live page is served at `/`. */
  readonly console?: boolean | undefined
}

/** The dead are folded this often, scraped or not, so that files stay few. */
const FOLD_INTERVAL_MS = 1_000

/**
 * Serves the page of a directory from this thread. Rejects when the address can't be listened on, or when the files
 * that protect the page can't be followed: it is never served without them.
 */
export async function expose(
  options: ExposeOptions,
  warn: (line: string) => void,
  limits: Limits = LIMITS,
): Promise<{ url: string; close(): Promise<void> }> {
  const protection = await Protection.open(options, warn)
  const { tls } = protection.current()
  refuseTlsOnSocket(options, tls !== undefined)
  const refusals = new Refusals(warn)
  const figures = new ExposerFigures(
    () => refusals.counts,
    () => (protection.isConfigured ? protection.isUpToDate : undefined),
  )
  const reader = new DirectoryReader(options.directory, Date.now, warn)
  const deaths = options.console ? new Deaths() : undefined
  const fold = folder(reader, warn, dead => deaths?.note(dead))
  const page = new LivePage(reader, { ...pageOptionsOf(options), warn, figures, fold })
  const pages = servePages(page, {
    warn,
    figures,
    onSlowReader: ({ req }) =>
      refusals.count(
        'slow_reader',
        req.socket.remoteAddress,
        'too many old pages were kept for slow readers',
      ),
  })
  const passwords = new PasswordCheck(comparePassword)
  const { server, closeConnections } = createMetricsServer({
    path: options.path,
    pages,
    protection,
    passwords,
    refusals,
    limits,
    console: deaths && lazyConsole({ reader, deaths, path: options.path }),
  })
  let url: string
  try {
    url = await listen(server, options, tls === undefined ? 'http' : 'https')
  } catch (error) {
    closeConnections()
    reader.close()
    throw error
  }
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
        closeConnections()
      }),
  }
}

/** The package is loaded with the first password. */
const comparePassword: Compare = async (password, hash) => {
  const { default: bcrypt } = await import('bcryptjs')
  return bcrypt.compare(password, hash)
}

function refuseTlsOnSocket({ host, webConfigFile = '' }: ExposeOptions, isTls: boolean): void {
  if (!isTls || socketPathOf(host) === undefined) return
  const mend = 'Remove it, or listen on a port'
  throw new ConfigurationError(webConfigFile, 'tls_server_config', "isn't served on a Unix socket", mend)
}
