import { expect, test } from 'vitest'
import { run } from './process.ts'

/** What a process has loaded when its own first line runs. */
const LOADED =
  'console.log(JSON.stringify({' +
  'files: Object.keys(require.cache).map(file => file.replace(/.*node_modules\\//, "")),' +
  'builtins: process.moduleLoadList.map(name => name.split(" ")[1])}))'

test('at start few files are loaded, none of OpenTelemetry, and no part of Node that is large', async () => {
  const { stdout } = await run(['--require', '@tutti/preload', '-e', LOADED], {
    OTEL_METRICS_EXPORTER: 'none',
  })
  const { files, builtins } = JSON.parse(stdout) as { files: string[]; builtins: string[] }
  expect(files.length).toBeLessThanOrEqual(15)
  expect(files.filter(file => file.startsWith('@opentelemetry/'))).toEqual([])
  const large = ['crypto', 'http', 'http2', 'https', 'tls', 'zlib']
  expect(builtins.filter(name => large.includes(name))).toEqual([])
})

/** The files of ours for one library that a process has loaded after it loaded `library`. */
async function chunksAfter(library: string): Promise<string[]> {
  const asked =
    `require(${JSON.stringify(library)});` +
    'console.log(JSON.stringify(Object.keys(require.cache).filter(file => /instrumentation\\/dist\\//.test(file))' +
    '.map(file => file.replace(/.*\\/|(-[\\w-]{8})?[.]cjs$/g, ""))))'
  const { stdout } = await run(['--require', '@tutti/preload', '-e', asked], {
    OTEL_METRICS_EXPORTER: 'none',
  })
  return JSON.parse(stdout) as string[]
}

test('the code for a library is loaded when the library is', async () => {
  expect(await chunksAfter('node:http')).toEqual(['index', 'shared'])
  expect(await chunksAfter('pg')).toEqual(['index', 'shared', 'pg', 'duration'])
  expect(await chunksAfter('fastify')).toEqual(['index', 'shared'])
})

test('switched off, nothing is loaded, written, said or started', async () => {
  const asked =
    'const { files } = { files: Object.keys(require.cache) };' +
    'console.log(files.length, process.env.TUTTI_DIR, process.env.TUTTI_INHERITED, require("node:fs").readdirSync("/proc/self/task").length)'
  const bare = await run(['-e', asked])
  const off = await run(['--require', '@tutti/preload', '-e', asked], { OTEL_SDK_DISABLED: 'true' })
  const [files, ...rest] = off.stdout.split(' ')
  const [, ...bareRest] = bare.stdout.split(' ')
  expect(rest).toEqual(bareRest)
  expect(Number(files)).toBeLessThanOrEqual(2)
  expect(off).toMatchObject({ code: 0, stderr: '' })
})
