// One process of each kind a service may have: itself, a fork, a spawned script and a thread.
const { fork, spawn } = require('node:child_process')
const { Worker, isMainThread } = require('node:worker_threads')
const { count } = require('./count.cjs')

const place = process.argv[2] ?? (isMainThread ? 'main' : 'thread')
count(place)
if (place === 'main') {
  fork(__filename, ['fork'])
  spawn(process.execPath, ['--require', '@tutti/preload', __filename, 'spawned'], {
    stdio: 'inherit',
    cwd: __dirname,
  })
  new Worker(__filename)
  setTimeout(() => console.log('listening 0'), 800)
}
setInterval(() => {}, 1000)
