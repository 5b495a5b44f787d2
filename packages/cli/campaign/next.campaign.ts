import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { notRun } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { npm, pack, writeFiles } from '../test/doctor/install.ts'
import { startByShell } from '../test/doctor/start-by-shell.ts'
import { cleanEnv, tutti } from '../test/process.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'

const run = promisify(execFile)

// `npm run campaign -- --only services`: several hundred megabytes, and a build.
test('a service of Next.js has a page after init, and the doctor finds nothing', {
  timeout: 600_000,
}, async context => {
  const folder = temporaryDirectory()
  const ours = await pack(folder)
  const { '@tutti/preload': preload, ...others } = ours
  const manifest = {
    name: 'shop',
    private: true,
    scripts: { build: 'next build', start: 'next start --port 0' },
    dependencies: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1', ...others },
    allowScripts: { koffi: true, protobufjs: false, sharp: false },
  }
  writeFiles(folder, {
    'package.json': JSON.stringify(manifest, null, 2),
    'app/layout.jsx': 'export default ({ children }) => <html><body>{children}</body></html>\n',
    'app/page.jsx': "export const dynamic = 'force-dynamic'\nexport default () => <p>hello</p>\n",
  })
  const done = await tutti(['init', folder, '--yes'])
  expect(done.code, done.stderr).toBe(0)
  // Ours are not on npm.
  const path = join(folder, 'package.json')
  const written = readFileSync(path, 'utf8')
  expect(written).toContain('"@tutti/preload": "^0.1.0"')
  writeFileSync(path, written.replace('"@tutti/preload": "^0.1.0"', `"@tutti/preload": "${preload}"`))
  if (!(await npm(['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], folder))) {
    notRun('tutti init on a service of Next.js', 'npm reaches no registry here')
    return context.skip()
  }
  const bin = join(folder, 'node_modules/.bin')
  const env = cleanEnv({ NEXT_TELEMETRY_DISABLED: '1', CI: '1' })
  await run(join(bin, 'next'), ['build'], { cwd: folder, env, timeout: 300_000, maxBuffer: 1 << 26 })
  const app = startByShell("NODE_OPTIONS='--require @tutti/preload' next start --port 0", folder, bin)
  const [, port] = await app.says(/localhost:(\d+)/)
  const [, url] = await app.says(/metrics on (http:\S+)/)
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('hello')
  expect(await (await fetch(url!)).text()).toMatch(/^http_server_request_duration_seconds_count\{.* 1$/m)
  const { code, stdout } = await tutti(['doctor', folder])
  expect([code, stdout]).toEqual([0, '1 package, nothing found\n'])
})
