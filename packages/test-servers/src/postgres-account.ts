import { readFileSync } from 'node:fs'

export type PostgresAccount = { uid: number; gid: number } | { uid?: undefined; gid?: undefined }

/**
 * The account that PostgreSQL runs as: it refuses to be root. Root uses `postgres` where the machine has it, else
 * `nobody`, which every system has, so that no account needs to be made. Everyone else stays who they are.
 */
export function postgresAccount(): PostgresAccount {
  if (process.getuid?.() !== 0) return {}
  const entries = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
  const entry = ['postgres', 'nobody'].flatMap(name => entries.filter(([account]) => account === name))[0]
  if (!entry)
    throw new Error('PostgreSQL does not run as root, and /etc/passwd has neither "postgres" nor "nobody".')
  return { uid: Number(entry[2]), gid: Number(entry[3]) }
}
