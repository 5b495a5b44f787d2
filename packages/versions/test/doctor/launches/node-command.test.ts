import { expect, test } from 'vitest'
import { addToLine } from '../../../src/doctor/launches/add-preload.ts'
import { namesPreload, readCommand } from '../../../src/doctor/launches/node-command.ts'

/** What a line runs, and whether with the preload. */
function read(line: string | readonly string[]): string | undefined {
  const command = readCommand(line)
  if (command === undefined) return undefined
  const { runner, program, entry, script } = command
  return [runner, program, entry ?? script, namesPreload(command.preloaded) && 'preload']
    .filter(Boolean)
    .join(' ')
}

test('commands that end in Node are read through what stands before', () => {
  expect(read('node server.js')).toBe('node node server.js')
  expect(read('NODE_ENV=production exec node -r dotenv/config --max-old-space-size 4096 dist/main')).toBe(
    'node node dist/main',
  )
  expect(read('cross-env PORT=1 node --import=@tutti/preload a.mjs')).toBe('node node a.mjs preload')
  expect(read('npm run build && tsx src/a.ts')).toBe('node tsx src/a.ts')
  expect(read('dotenv -e .env -- node a.js')).toBe('node node a.js')
  expect(read("NODE_OPTIONS='--require @tutti/preload' next start")).toBe('tool next preload')
  expect(read(['/sbin/tini', '--', '/usr/local/bin/node', '--require', '@tutti/preload', 'a.js'])).toBe(
    'node node a.js preload',
  )
  expect(
    read(['sh', '-c', 'node migrate.js && exec node --require ./node_modules/@tutti/preload a.js']),
  ).toBe('node node a.js preload')
  expect(read('gosu app node a.js')).toBe('node node a.js')
  expect(read('npm run start:prod --silent')).toBe('script npm start:prod')
  expect(read('yarn start')).toBe('script yarn start')
  expect(read('pm2-runtime start app.js --node-args="--require @tutti/preload"')).toBe(
    'pm2 pm2-runtime app.js preload',
  )
  expect(read('nest start')).toBe('tool nest')
})

test('what runs no service is none', () => {
  const others = [
    'nginx -g daemon',
    'next dev',
    'node --test',
    'node -e 1',
    'tsx watch a.ts',
    'vite',
    'java -jar a.jar',
    'npm ci',
    'redis-server --appendonly yes',
    '',
  ]
  expect(others.map(read)).toEqual(others.map(() => undefined))
})

test('the preload is written where Node takes it, and only there', () => {
  expect(addToLine('node server.js')).toBe('node --require @tutti/preload server.js')
  expect(addToLine('node build.js && node --enable-source-maps server.js | pino-pretty')).toBe(
    'node build.js && node --require @tutti/preload --enable-source-maps server.js | pino-pretty',
  )
  expect(addToLine('cross-env A=1 next start')).toBe(
    "cross-env NODE_OPTIONS='--require @tutti/preload' A=1 next start",
  )
  expect(addToLine('npx tsx ./node/server.ts')).toBe('npx tsx --require @tutti/preload ./node/server.ts')
  expect(addToLine('node --require @tutti/preload server.js')).toBeUndefined()
  expect(addToLine('npm start')).toBeUndefined()
  expect(addToLine('NODE_OPTIONS=--inspect next start')).toBeUndefined()
})
