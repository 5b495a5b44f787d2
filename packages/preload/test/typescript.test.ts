import { createRequire } from 'node:module'
import { afterEach, expect, test } from 'vitest'
import { waitForPage } from './page.ts'
import { type Running, start } from './process.ts'

const require = createRequire(import.meta.url)
const tsx = require.resolve('tsx/cli')
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const stripsTypes = major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)

let app: Running
// The tsx command passes it on to the app, which is another process.
afterEach(() => app?.stop('SIGTERM'))

const ways: [string, string[], NodeJS.ProcessEnv][] = [
  [
    '--require before --import tsx',
    ['--require', '@tutti/preload', '--import', 'tsx', 'apps/fastify.mts'],
    {},
  ],
  ['--import after --import tsx', ['--import', 'tsx', '--import', '@tutti/preload', 'apps/fastify.mts'], {}],
  ['the tsx command', [tsx, '--require', '@tutti/preload', 'apps/fastify.mts'], {}],
  [
    'NODE_OPTIONS and the tsx command',
    [tsx, 'apps/fastify.mts'],
    { NODE_OPTIONS: '--require @tutti/preload' },
  ],
]
if (stripsTypes) {
  ways.push(["Node's own type stripping", ['--require', '@tutti/preload', 'apps/fastify.mts'], {}])
  ways.push(["Node's own type stripping, --import", ['--import', '@tutti/preload', 'apps/fastify.mts'], {}])
}

test.each(ways)('an app in TypeScript, run by %s, has its routes on one page', async (_way, args, env) => {
  app = start(args, env)
  const [, port] = await app.says('stdout', /listening (\d+)/)
  for (const id of ['a', 'b']) await fetch(`http://127.0.0.1:${port}/users/${id}`)
  const request =
    'http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",' +
    'http_route="/users/:id",network_protocol_version="1.1",url_scheme="http"}'
  await waitForPage(app, page => page[request] === 2)
  expect(app.stderr().match(/tutti:/g)).toHaveLength(1)
})
