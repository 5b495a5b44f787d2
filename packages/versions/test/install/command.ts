import { type ExecFileException, execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** Two hundred packages by a slow network; in a campaign others may install at the same time. */
const TIMEOUT_MS = process.env.TUTTI_SETS === 'full' ? 480_000 : 120_000

/** Without a registry npm would try again for minutes. */
const SOON = ['--fetch-retries=2', '--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=2000']

/** Arguments of npm. */
export const INSTALL: string[] = [
  'install',
  '--no-audit',
  '--no-fund',
  '--prefer-offline',
  '--loglevel=error',
  ...SOON,
]

export interface Result {
  code: number
  /** All that it said. */
  output: string
}

/** Runs a package manager or another tool to its end, as if no other one had started us. */
export async function command(
  file: string,
  args: string[],
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Result> {
  try {
    const process = run(file, args, {
      cwd: folder,
      env: { ...plainEnvironment(), ...env },
      timeout: TIMEOUT_MS,
      maxBuffer: 1 << 28,
    })
    process.child.stdin?.end()
    const { stdout, stderr } = await process
    return { code: 0, output: stdout + stderr }
  } catch (error) {
    const { code, killed, stdout, stderr, message } = error as ExecFileException
    const why = killed ? `ETIMEDOUT: it was ended after ${TIMEOUT_MS} ms` : message
    return { code: typeof code === 'number' ? code : 1, output: `${why}\n${stdout}${stderr}` }
  }
}

/**
 * Whether npm failed because no registry was there, or none that answers in time: it tells that by many names, one of them
 * a conflict of versions. A campaign has to have one.
 */
export async function isOffline({ code, output }: Result, folder: string): Promise<boolean> {
  if (code === 0 || process.env.TUTTI_SETS === 'full') return false
  if (output.startsWith('ETIMEDOUT')) return true
  const args = ['view', '@opentelemetry/api', 'version', '--prefer-online', ...SOON]
  return (await command('npm', args, folder)).code !== 0
}

/** Tests run below `npm run`, which tells npm of its workspace; the registry and its like must stay. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const isOfRun =
    /^(?:npm_(?:package|lifecycle)_|npm_config_(?:workspaces?|local_prefix|prefix|global|ignore_scripts)$|NODE_OPTIONS$|INIT_CWD$|OTEL|TUTTI|NODE_ENV$|VITEST|CI$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOfRun.test(name)))
}
