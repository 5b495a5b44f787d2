import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { keepServer, type RunningServer } from './keep-server.ts'
import { type PostgresAccount, postgresAccount } from './postgres-account.ts'
import { postgresPrograms } from './postgres-programs.ts'
import { reachableTemporaryFolder } from './reachable.ts'

export interface PostgresOptions {
  /** A free one if not given. */
  port?: number
  /** Where the database lives. It is kept at stop, so that a test can start the same database again. */
  directory?: string
}

const startAttempts = 3

/** A real PostgreSQL on 127.0.0.1, by default with a fresh database that stop() removes. */
export async function startPostgres(options: PostgresOptions = {}): Promise<RunningServer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options)
    } catch (error) {
      // Between finding a free port and listening on it somebody else may take it.
      const portTaken = String(error).includes('Address already in use')
      if (!portTaken || options.port !== undefined || attempt === startAttempts) throw error
    }
  }
}

async function startOnce(options: PostgresOptions): Promise<RunningServer> {
  const account = postgresAccount()
  const directory = options.directory ?? mkdtempSync(join(reachableTemporaryFolder(), 'tutti-postgres-'))
  mkdirSync(directory, { recursive: true })
  own(directory, account)
  const programs = await postgresPrograms(directory, account)
  const password = keptPassword(directory, account)
  const database = join(directory, 'database')
  const port = options.port ?? (await freePort())
  return keepServer(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`, {
    command: programs.postgres,
    args: ['-D', database, '-p', `${port}`, ...settings.flatMap(setting => ['-c', setting])],
    // Whatever language and locale the machine has, possibly one that is not installed: ours is always there.
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' },
    ...account,
    prepare: existsSync(join(database, 'PG_VERSION'))
      ? undefined
      : { command: programs.initdb, args: initdbArguments(database, join(directory, 'password')) },
    readyText: 'database system is ready to accept connections',
    stopSignal: 'SIGINT',
    forceSignal: 'SIGQUIT',
    temporaryDirectory: options.directory === undefined ? directory : undefined,
  })
}

// The data are temporary: they need not survive a power cut, and tests should not wait for a disk.
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
]

function initdbArguments(database: string, passwordFile: string): string[] {
  return [
    `--pgdata=${database}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]
}

function keptPassword(directory: string, account: PostgresAccount): string {
  const file = join(directory, 'password')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const password = randomBytes(12).toString('hex')
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  own(file, account)
  return password
}

function own(path: string, account: PostgresAccount): void {
  if (account.uid === undefined) return
  chownSync(path, account.uid, account.gid)
  chmodSync(path, 0o700)
}
