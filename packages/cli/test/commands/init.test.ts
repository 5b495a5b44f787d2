import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { notRun } from '@tutti/test-servers'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Installed, installed, writeFiles } from '../doctor/install.ts'
import { PLAIN } from '../doctor/services/plain.ts'
import { startByShell } from '../doctor/start-by-shell.ts'
import { cleanEnv, MAIN, tutti } from '../process.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import { openTerminal } from '../terminal.ts'

const PM2 = createRequire(import.meta.url).resolve('pm2/bin/pm2')

let services: Installed | undefined

beforeAll(async () => {
  services = await installed()
  if (services === undefined) notRun('tutti init on installed services', 'npm reaches no registry here')
}, 300_000)

/** A copy of a plain service, with the same packages above it. */
function copyOf(name: string): string {
  const folder = join(services!.folder, 'initialized', name)
  writeFiles(folder, PLAIN.find(row => row.name === name)!.files)
  return folder
}

test('without a terminal and without --yes it shows the diff, writes nothing and fails', async context => {
  if (services === undefined) return context.skip()
  const folder = services.at('plain-typescript')
  const { code, stdout, stderr } = await tutti(['init', folder])
  expect(code).toBe(1)
  expect(stderr).toBe('nothing was written: there is no terminal to ask at. --yes writes it.\n')
  expect(stdout).toBe(`plain-typescript: ECMAScript modules, TypeScript, a start script
--- a/package.json
+++ b/package.json
@@ -2,9 +2,10 @@
   "name": "plain-typescript",
   "type": "module",
   "scripts": {
-    "start": "tsx src/server.ts"
+    "start": "tsx --require @tutti/preload src/server.ts"
   },
   "dependencies": {
+    "@tutti/preload": "^0.1.0",
     "fastify": "5.12.8",
     "tsx": "4.23.15"
   }
`)
  expect(readFileSync(join(folder, 'package.json'), 'utf8')).not.toContain('@tutti')
})

test('what starts a service gets the preload, however it is written, and images open their page', async context => {
  if (services === undefined) return context.skip()
  const folder = copyOf('plain-express')
  const { code, stdout } = await tutti(['init', folder, '--yes'])
  expect(code).toBe(0)
  expect(stdout).toContain('plain-express: CommonJS, a start script, a Dockerfile, Kubernetes, a Procfile\n')
  const text = (file: string) => readFileSync(join(folder, file), 'utf8')
  expect(text('package.json')).toBe(`{
    "name": "plain-express",
    "scripts": {
        "test": "node --test",
        "start": "NODE_ENV=production node --require @tutti/preload --enable-source-maps server.js"
    },
    "dependencies": {
        "@tutti/preload": "^0.1.0",
        "express": "5.3.0"
    }
}
`)
  expect(text('Dockerfile')).toBe(`FROM node:24-alpine AS base
WORKDIR /app
FROM base
COPY . .
ENV OTEL_EXPORTER_PROMETHEUS_HOST=0.0.0.0
EXPOSE 9464
CMD [ "node", "--require", "@tutti/preload", "server.js" ]
`)
  expect(text('k8s/deployment.yaml')).toContain(`          command:
            - node
            - "--require"
            - "@tutti/preload"
            - server.js
          ports:
            - name: metrics
              containerPort: 9464
            - containerPort: 3000
`)
  expect(text('Procfile')).toBe('web: node --require @tutti/preload server.js\n')
})

test('without an image of its own a compose service opens its page itself', async context => {
  if (services === undefined) return context.skip()
  const folder = copyOf('plain-esm')
  await tutti(['init', folder, '--yes'])
  expect(readFileSync(join(folder, 'compose.yaml'), 'utf8')).toBe(`services:
  shop:
    image: node:24
    environment:
      OTEL_EXPORTER_PROMETHEUS_HOST: "0.0.0.0"
    command: ["node", "--require", "@tutti/preload", "server.js"]
`)
})

test('PM2 and Next.js get it in their own ways', async context => {
  if (services === undefined) return context.skip()
  const [pm2, next] = [copyOf('plain-pm2'), copyOf('plain-next')]
  const results = await Promise.all([pm2, next].map(folder => tutti(['init', folder, '--yes'])))
  expect(results.map(({ code }) => code)).toEqual([0, 0])
  expect(readFileSync(join(pm2, 'ecosystem.config.cjs'), 'utf8')).toContain(
    "script: 'server.js', node_args: '--require @tutti/preload', instances: 2",
  )
  expect(readFileSync(join(pm2, 'package.json'), 'utf8')).toContain('\n\t\t"@tutti/preload": "^0.1.0",\n')
  expect(readFileSync(join(next, 'package.json'), 'utf8')).toContain(
    `"start": "NODE_OPTIONS='--require @tutti/preload' next start -p 3000"`,
  )
  expect(results[1]!.stdout).toContain('next build does not copy the preload')
})

test.for(PLAIN)(
  'of $name the doctor finds nothing after init, and init nothing to do',
  async ({ name }, context) => {
    if (services === undefined) return context.skip()
    const folder = copyOf(name)
    await tutti(['init', folder, '--yes'])
    const [doctor, again] = await Promise.all([tutti(['doctor', folder]), tutti(['init', folder])])
    expect(doctor).toEqual({ code: 0, stdout: '1 package, nothing found\n', stderr: '' })
    expect([again.code, again.stdout.split('\n').at(-2)]).toEqual([0, 'Tutti is there, nothing to change'])
  },
)

test.for(['plain-express', 'plain-esm', 'plain-typescript'])(
  '%s, started by its own script after init, answers with its page',
  { timeout: 120_000 },
  async (name, context) => {
    if (services === undefined) return context.skip()
    const folder = copyOf(name)
    await tutti(['init', folder, '--yes'])
    const app = startByShell(startOf(folder), folder, join(services.folder, 'node_modules/.bin'))
    const [, port] = await app.says(/listening (\d+)/)
    const [, url] = await app.says(/metrics on (http:\S+)/)
    await (await fetch(`http://127.0.0.1:${port}/orders/7`)).text()
    const page = await (await fetch(url!)).text()
    expect(page).toMatch(
      /^http_server_request_duration_seconds_count\{[^}]*http_route="\/orders\/:id"[^}]*\} 1$/m,
    )
    expect(page).toContain(`service_name="${name}"`)
  },
)

test('all instances of a PM2 app, started after init, are on one page', {
  timeout: 120_000,
}, async context => {
  if (services === undefined) return context.skip()
  const folder = copyOf('plain-pm2')
  await tutti(['init', folder, '--yes'])
  const home = temporaryDirectory()
  const env = cleanEnv({
    PM2_HOME: home,
    PM2_DISABLE_VERSION_CHECK: 'true',
    OTEL_EXPORTER_PROMETHEUS_PORT: '0',
  })
  const pm2 = (...args: string[]) =>
    promisify(execFile)(process.execPath, [PM2, ...args], { env, cwd: folder })
  onTestFinished(async () => void (await pm2('kill')))
  await pm2('start', 'ecosystem.config.cjs')
  // What is said before PM2's own script runs is in the log of its daemon.
  const logs = () =>
    [...globSync(join(home, 'logs/*')), join(home, 'pm2.log')]
      .map(file => readFileSync(file, 'utf8'))
      .join('')
  await expect.poll(logs, { timeout: 40_000 }).toMatch(/tutti: shop metrics on http:\S+/)
  const url = /tutti: shop metrics on (http:\S+)/.exec(logs())![1]!
  await expect.poll(() => pageAt(url), { timeout: 40_000 }).toMatch(/^tutti_writers(?:\{[^}]*\})? 2$/m)
})

test('in a terminal it asks, and writes when it may', async context => {
  if (services === undefined) return context.skip()
  const folder = copyOf('plain-pm2')
  const script = join(folder, 'ecosystem.config.cjs')
  const terminal = await openTerminal(context, { columns: 120, rows: 60 })
  if (terminal === undefined) return
  await terminal.type(`node ${MAIN} init ${folder}`)
  await terminal.shows(/Write 2 files\? \[y\/N\]/)
  await terminal.press('Enter')
  await terminal.shows(/nothing was written\./)
  expect(readFileSync(script, 'utf8')).not.toContain('@tutti')
  await terminal.type(`clear; node ${MAIN} init ${folder}`)
  await terminal.shows(/^.*Write 2 files\? \[y\/N\] *$/m)
  await terminal.type('y')
  await terminal.shows(/2 files written/)
  expect(readFileSync(script, 'utf8')).toContain('@tutti/preload')
})

test('a folder without a service is exit code 2', async () => {
  const folder = temporaryDirectory()
  const none = await tutti(['init', folder])
  expect([none.code, none.stderr]).toEqual([
    2,
    `tutti: ${folder} has no package.json. Name the folder of a service.\n`,
  ])
  writeFiles(folder, { 'package.json': '{ "workspaces": ["a"] }' })
  const top = await tutti(['init', folder])
  expect([top.code, top.stderr]).toEqual([
    2,
    `tutti: ${folder} is the top of a workspace. Name the folder of a service in it.\n`,
  ])
})

/** Empty while nobody answers: another instance takes the endpoint over. */
async function pageAt(url: string): Promise<string> {
  return fetch(url).then(
    answer => answer.text(),
    () => '',
  )
}

/** Its start script, or what compose would run. */
function startOf(folder: string): string {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    scripts?: { start: string }
  }
  if (scripts !== undefined) return scripts.start
  const compose = readFileSync(join(folder, 'compose.yaml'), 'utf8')
  return (JSON.parse(/command: (\[.*\])/.exec(compose)![1]!) as string[]).join(' ')
}
