import { execFile } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { notRun } from '@tutti/test-servers'
import { CODES, type Examination, type toSarif } from '@tutti/versions/doctor'
import { beforeAll, expect, test } from 'vitest'
import { type Installed, installed, lock, pack, ROWS } from '../doctor/install.ts'
import { BROKEN } from '../doctor/services/broken.ts'
import { tutti } from '../process.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../../..', import.meta.url))

let services: Installed | undefined
/** What one run says of each service. */
const found = new Map<string, string[]>()

beforeAll(async () => {
  services = await installed()
  if (services === undefined)
    return notRun('tutti doctor on installed services', 'npm reaches no registry here')
  const bundle = ['server.js', '--bundle', '--platform=node', '--outfile=dist/server.js', '--log-level=error']
  await run(join(services.folder, 'node_modules/.bin/esbuild'), bundle, { cwd: services.at('bundle') })
  for (const folder of ['services', 'aside']) {
    const { directory, services: all } = await examine(join(services.folder, folder))
    for (const { folder: name, findings } of all)
      found.set(
        name,
        findings.map(({ code, file, line }) => `${code} ${relative(join(directory, name), file)}:${line}`),
      )
  }
}, 300_000)

/** Runs the doctor, and reads what it says. */
async function examine(
  folder: string,
  ...args: string[]
): Promise<Examination & { exitCode: number | null }> {
  const { code, stdout, stderr } = await tutti(['doctor', folder, '--json', ...args])
  if (stdout === '') throw new Error(stderr)
  return { ...(JSON.parse(stdout) as Examination), exitCode: code }
}

/** What is found in one service, as the table has it. */
async function examined(
  folder: string,
  ...args: string[]
): Promise<{ code: number | null; found: string[] }> {
  const { services: all, directory, exitCode } = await examine(folder, ...args)
  const findings = all.flatMap(each => each.findings)
  return {
    code: exitCode,
    found: findings.map(({ code, file, line }) => `${code} ${relative(directory, file)}:${line}`),
  }
}

test.for(ROWS)('of the service $name exactly what is wrong is found', ({ name, found: wanted }, { skip }) => {
  if (services === undefined) return skip()
  expect(found.get(name)?.toSorted()).toEqual(wanted.toSorted())
})

test('one service alone is examined as among others, and the exit code says whether anything was found', async context => {
  if (services === undefined) return context.skip()
  for (const name of ['good', 'two-apis', 'broken-json']) {
    const wanted = found.get(name)!
    expect(await examined(services.at(name))).toEqual({ code: wanted.length === 0 ? 0 : 1, found: wanted })
  }
})

test('every code that packages, start commands and code can have is in the table of broken services', () => {
  const covered = new Set(BROKEN.flatMap(({ found }) => found.map(each => each.split(' ')[0])))
  // These two have tests of their own, since they need another installation.
  expect(CODES.filter(code => !covered.has(code))).toEqual(['TUTTI002', 'TUTTI105'])
})

test('our own control plane has nothing to be found', async () => {
  const { code, stdout, stderr } = await tutti(['doctor', join(root, 'apps/control-plane')])
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '1 package, nothing found\n', stderr: '' })
})

test('without node_modules the lock file is read: an API that is newer than the one the preload registers', async context => {
  const folder = temporaryDirectory()
  const ours = await pack(folder)
  const manifest = {
    name: 'locked',
    private: true,
    scripts: { start: 'node --require @tutti/preload server.js' },
    dependencies: { ...ours, '@opentelemetry/api': '1.10.0' },
    overrides: { '@tutti/preload': { '@opentelemetry/api': '1.9.0' } },
  }
  const done = await lock(folder, { 'package.json': JSON.stringify(manifest, null, 2), 'server.js': '' })
  if (!done) return context.skip()
  const examination = await examine(folder, '--ignore', 'TUTTI106')
  expect(examination.services[0]?.findings.map(({ code }) => code)).toEqual(['TUTTI105'])
  expect(examination.services[0]?.findings[0]?.what).toBe(
    "the service's own @opentelemetry/api 1.10.0 can't use the 1.9.0 that the preload registers",
  )
  expect(examination.services[0]?.packagesFrom).toBe(join(folder, 'package-lock.json'))
})

test('with neither node_modules nor a lock file a note says so, which fails nothing', async () => {
  const folder = temporaryDirectory()
  const start = 'node --require @tutti/preload server.js'
  const manifest = { name: 'new', scripts: { start }, dependencies: { '@tutti/preload': '^0.1.0' } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  expect(await examined(folder)).toEqual({ code: 0, found: ['TUTTI002 package.json:1'] })
  expect(await examined(folder, '--fail-on', 'note')).toEqual({ code: 1, found: ['TUTTI002 package.json:1'] })
})

test('a folder of services is a table, and each finding follows with its mend', async context => {
  if (services === undefined) return context.skip()
  const { code, stdout } = await tutti(['doctor', join(services.folder, 'services'), '--fail-on', 'error'])
  expect(code).toBe(1)
  const [head, ...lines] = stdout.split('\n')
  expect(head).toMatch(/^SERVICE +ERRORS +WARNINGS +NOTES +STARTED BY +FOUND$/)
  const row = (name: string) => lines.find(line => line.startsWith(`${name} `))?.split(/ {2,}/)
  expect(row('good')).toEqual([
    'good',
    '0',
    '0',
    '0',
    expect.stringMatching(/^script, dockerfile, compose/),
    'ok',
  ])
  expect(row('one-port')).toEqual(['one-port', '1', '0', '0', 'script, pm2', 'TUTTI305'])
  expect(
    stdout,
  ).toContain(`one-port/ecosystem.config.js:12  error  TUTTI305  shop and shop-jobs both have their page on port 9464.
  The second gets "address in use", and has no page.
  Give each its own OTEL_EXPORTER_PROMETHEUS_PORT, or make them one service by TUTTI_DIR.`)
})

test('a workspace is examined member by member', async context => {
  if (services === undefined) return context.skip()
  const { services: members } = await examine(services.folder)
  expect(members.map(({ folder }) => folder)).toContain('services/good')
  expect(members.find(({ folder }) => folder === 'services/good')?.findings).toEqual([])
  expect(members.length).toBe(ROWS.filter(({ isAside }) => !isAside).length + 1)
})

const FIXED = ['development-only', 'drift', 'script', 'image', 'pod', 'compose', 'task', 'pm2', 'procfile']

test('--dry-run shows what --fix then does, after which nothing is left', {
  timeout: 120_000,
}, async context => {
  if (services === undefined) return context.skip()
  const folder = join(services.folder, 'fixed')
  for (const name of FIXED) cpSync(services.at(name), join(folder, name), { recursive: true })
  const planned = await tutti(['doctor', folder, '--fix', '--dry-run'])
  expect(planned.code).toBe(1)
  expect(planned.stdout.match(/^--- a\/\S+$/gm)?.length).toBe(FIXED.length)
  const done = await tutti(['doctor', folder, '--fix'])
  expect(done.stdout.startsWith(planned.stdout)).toBe(true)
  // What is pinned is only there once it is installed.
  const { services: left } = await examine(folder)
  expect(left.flatMap(({ folder: name, findings }) => findings.map(({ code }) => [name, code]))).toEqual([
    ['drift', 'TUTTI108'],
  ])
  const fixed = (file: string) => readFileSync(join(services!.folder, 'fixed', file), 'utf8')
  expect(fixed('drift/package.json')).toContain('"@opentelemetry/semantic-conventions": "1.45.0"')
  expect(fixed('image/Dockerfile')).toContain('\nCMD ["node", "--require", "@tutti/preload", "server.js"]\n')
  expect(fixed('compose/compose.yaml')).toContain('\n    command: node --require @tutti/preload server.js\n')
  expect(fixed('procfile/Procfile')).toBe('web: node --require @tutti/preload server.js\n')
})

test('with --json and --sarif the diff goes to stderr, so that stdout stays readable for machines', async () => {
  const folder = temporaryDirectory()
  writeFileSync(join(folder, 'package.json'), '{ "name": "x", "scripts": { "start": "node x.js" } }')
  for (const form of ['--json', '--sarif']) {
    const { stdout, stderr } = await tutti(['doctor', folder, '--dry-run', form])
    expect(JSON.stringify(JSON.parse(stdout))).toContain('TUTTI201')
    expect(stderr).toContain('+{ "name": "x", "scripts": { "start": "node --require @tutti/preload x.js" } }')
  }
})

test('SARIF names the rule, the place and the severity of each finding', async context => {
  if (services === undefined) return context.skip()
  const { code, stdout } = await tutti(['doctor', services.at('one-port'), '--sarif'])
  const { version, runs } = JSON.parse(stdout) as ReturnType<typeof toSarif>
  expect([code, version, runs.length]).toEqual([1, '2.1.0', 1])
  const { tool, results } = runs[0]!
  expect(tool.driver.rules?.map(({ id }) => id)).toEqual(CODES)
  expect(results).toEqual([
    {
      ruleId: 'TUTTI305',
      ruleIndex: CODES.indexOf('TUTTI305'),
      level: 'error',
      message: {
        text: expect.stringMatching(/^shop and shop-jobs both have their page on port 9464\. The second/),
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'ecosystem.config.js', uriBaseId: 'ROOT' },
            region: { startLine: 12 },
          },
        },
      ],
    },
  ])
})

test('codes are left out by --ignore, and by package.json', async context => {
  if (services === undefined) return context.skip()
  expect(await examined(services.at('esm-hook'), '-i', 'TUTTI201')).toEqual({
    code: 1,
    found: ['TUTTI211 package.json:7'],
  })
  const folder = temporaryDirectory()
  const manifest = { name: 'x', scripts: { start: 'node x.js' }, tutti: { ignore: ['TUTTI201'] } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  expect(await examined(folder)).toEqual({ code: 0, found: [] })
})

test('what can not be done is exit code 2 and one line', async () => {
  const folder = temporaryDirectory()
  const [empty, missing, code, set, both] = await Promise.all([
    tutti(['doctor', folder]),
    tutti(['doctor', join(folder, 'missing')]),
    tutti(['doctor', folder, '--ignore', 'TUTTI999']),
    tutti(['doctor', folder, '--set', 'newest']),
    tutti(['doctor', folder, '--json', '--sarif']),
  ])
  expect(empty.stderr).toBe(
    `tutti: ${folder} has no package.json, nor has a folder in it. Name the folder of a service.\n`,
  )
  expect(missing.stderr).toBe(`tutti: there is no folder ${folder}/missing. Name the folder of a service.\n`)
  expect(code.stderr).toMatch(/^tutti: --ignore is "TUTTI999"\. Give one of TUTTI001, /)
  expect(set.stderr).toBe('tutti: there is no set "newest". Give one of current, node20.\n')
  expect(both.stderr).toBe('tutti: --json and --sarif are one too many. Give one.\n')
  for (const each of [empty, missing, code, set, both]) expect([each.code, each.stdout]).toEqual([2, ''])
})
