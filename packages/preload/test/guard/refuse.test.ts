import { expect, test } from 'vitest'
import { unsupportedNode } from '../../src/guard/node-version.ts'
import { refuse, type Surroundings } from '../../src/guard/refuse.ts'

const service: Surroundings = { env: {}, script: '/app/server.js', isMainThread: true, workerData: null }

test('a service is not refused, nor is one of its threads, nor code without a script', () => {
  expect(refuse(service)).toBeUndefined()
  expect(refuse({ ...service, isMainThread: false, workerData: { job: 1 } })).toBeUndefined()
  expect(refuse({ ...service, script: undefined })).toBeUndefined()
})

test('OTEL_SDK_DISABLED switches everything off, in any case, and only when it says true', () => {
  expect(refuse({ ...service, env: { OTEL_SDK_DISABLED: ' True' } })).toBe('disabled')
  expect(refuse({ ...service, env: { OTEL_SDK_DISABLED: '1' } })).toBeUndefined()
})

test("the exposer's own thread is refused", () => {
  expect(refuse({ ...service, isMainThread: false, workerData: { tuttiExposer: {} } })).toBe('exposer')
})

test.each([
  '/usr/lib/node_modules/npm/bin/npm-cli.js',
  '/usr/lib/node_modules/npm/bin/npx-cli.js',
  '/usr/bin/npm',
  '/usr/local/bin/yarn',
  '/repo/.yarn/releases/yarn-4.9.1.cjs',
  '/usr/lib/node_modules/pnpm/bin/pnpm.cjs',
  '/usr/lib/node_modules/corepack/dist/corepack.js',
  '/usr/lib/node_modules/pm2/bin/pm2',
  '/usr/lib/node_modules/pm2/lib/Daemon.js',
  '/usr/bin/pm2-runtime',
  '/app/node_modules/.bin/tutti',
  '/app/node_modules/@tutti/cli/dist/main.mjs',
])('the package manager %s is refused', script => {
  expect(refuse({ ...service, script })).toBe('package manager')
})

test.each([
  '/app/npm-audit.js',
  '/app/my-yarn.js',
  '/app/npm/index.js',
  '/app/tutti/index.js',
  '/m/pm2/lib/ProcessContainer.js',
])('the service %s is not', script => {
  expect(refuse({ ...service, script })).toBeUndefined()
})

test('a Node that is not supported gets a line', () => {
  expect(unsupportedNode('22.15.0')).toEqual([])
  expect(unsupportedNode('26.10.0')).toEqual([])
  expect(unsupportedNode('20.20.2')).toEqual([
    'Node 20.20.2 is not supported (22.15 or newer is); metrics are recorded as far as it goes',
  ])
  expect(unsupportedNode('22.14.9')).toHaveLength(1)
})
