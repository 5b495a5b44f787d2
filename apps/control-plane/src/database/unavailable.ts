const systemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

// 08 connection, 28 login, 3D no such database, 53 out of resources, 57 operator intervention, 42P01 not migrated yet.
const sqlStates = /^(08|28|3D|53|57)...$|^42P01$/

const clientMessages =
  /connection terminated|timeout exceeded|read timeout|connection error|cannot use a pool/i

/** Whether an error means that the database cannot be used right now, in contrast to a mistake of ours. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return systemCodes.has(code) || sqlStates.test(code) || clientMessages.test(error.message)
}
