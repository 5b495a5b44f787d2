import { readFileSync } from 'node:fs'

export interface Settings {
  databaseUrl: string
  /** Without it the API reads from the database only. */
  redisUrl: string | undefined
  /** Where outside systems are that nobody has connected by hand; without it there are none. */
  outsideUrl: string | undefined
  /** What an outside system may take for an answer. */
  outsideTimeoutMs: number
  /** How long an open circuit breaker keeps calls away. */
  breakerResetMs: number
  /** How often connectors are checked. */
  checkMs: number
  /** The first admin's token; without it only tokens that were issued before can be used. */
  bootstrapToken: string | undefined
  host: string
  port: number
  workers: number
  /** How long a process goes by what the database said of a token. */
  tokenFreshMs: number
  /** How long a deployment stays in a ring before the job worker promotes it. */
  ringSoakMs: number
  /** How often an idle job worker looks for work. */
  jobPollMs: number
  /** What may take longer than this at the end is cut off. */
  drainLimitMs: number
}

/** What the environment says, with defaults; throws one clear line for each value that cannot be used. */
export function readSettings(variables: NodeJS.ProcessEnv = process.env): Settings {
  const env = { ...variables, ...secretsFromFiles(variables) }
  if (!env.DATABASE_URL)
    throw new Error(
      'Set DATABASE_URL, for example to postgres://user:password@127.0.0.1:5432/name, or DATABASE_URL_FILE.',
    )
  return {
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL || undefined,
    outsideUrl: httpUrl(env, 'CONTROL_PLANE_OUTSIDE_URL'),
    outsideTimeoutMs: integer(env, 'CONTROL_PLANE_OUTSIDE_TIMEOUT_MS', 2_000, 10, 60_000),
    breakerResetMs: integer(env, 'CONTROL_PLANE_BREAKER_RESET_MS', 5_000, 10, 600_000),
    checkMs: integer(env, 'CONTROL_PLANE_CHECK_MS', 5_000, 10, 600_000),
    bootstrapToken: secret(env, 'CONTROL_PLANE_BOOTSTRAP_TOKEN'),
    host: env.CONTROL_PLANE_API_HOST || '127.0.0.1',
    port: integer(env, 'CONTROL_PLANE_API_PORT', 3000, 0, 65_535),
    workers: integer(env, 'CONTROL_PLANE_API_WORKERS', 4, 1, 64),
    tokenFreshMs: integer(env, 'CONTROL_PLANE_TOKEN_FRESH_MS', 10_000, 0, 60_000),
    ringSoakMs: integer(env, 'CONTROL_PLANE_RING_SOAK_MS', 500, 0, 86_400_000),
    jobPollMs: integer(env, 'CONTROL_PLANE_JOB_POLL_MS', 200, 10, 60_000),
    drainLimitMs: integer(env, 'CONTROL_PLANE_DRAIN_LIMIT_MS', 10_000, 100, 600_000),
  }
}

/** What a file names (`DATABASE_URL_FILE`) stands in no environment that a crash report or a child would carry on. */
function secretsFromFiles(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const read: NodeJS.ProcessEnv = {}
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'CONTROL_PLANE_BOOTSTRAP_TOKEN']) {
    const file = env[`${name}_FILE`]
    if (!file || env[name]) continue
    try {
      read[name] = readFileSync(file, 'utf8').trim()
    } catch (error) {
      throw new Error(`${name}_FILE is "${file}", which can't be read: ${(error as Error).message}.`)
    }
  }
  return read
}

function httpUrl(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const text = env[name]
  if (!text) return undefined
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new Error(`${name} is "${text}"; it must be a URL such as http://127.0.0.1:3001.`)
}

const leastSecretLength = 16

function secret(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const text = env[name]
  if (!text) return undefined
  if (/^[\x21-\x7e]+$/.test(text) && text.length >= leastSecretLength && text.length <= 200) return text
  throw new Error(
    `${name} must be ${leastSecretLength} to 200 printable characters without blanks, such as "openssl rand -hex 32" prints.`,
  )
}

function integer(
  env: NodeJS.ProcessEnv,
  name: string,
  fallback: number,
  least: number,
  most: number,
): number {
  const text = env[name]
  if (!text) return fallback
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new Error(`${name} is "${text}"; it must be a whole number from ${least} to ${most}.`)
}
