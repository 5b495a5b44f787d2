// One process of each kind a service may have: itself, a fork, a spawned script and a thread.
const { fork, spawn } = require('node:child_process')
const { Worker, isMainThread } = require('node:worker_threads')
const { count } = require('./count.cjs')

const place = process.argv[2] ?? (isMainThread ? 'main' : 'thread')
count(place)
if (place === 'main') {
  fork(__filename, ['fork'])
  // Its input ends when this process does.
  spawn(process.execPath, ['--require', '@tutti/preload', __filename, 'spawned'], {
    stdio: ['pipe', 'inherit', 'inherit'],
    cwd: __dirname,
  })
  new Worker(__filename)
  setTimeout(() => console.log('listening 0'), 800)
}
// Whoever started them may be killed: none of them stays.
if (place === 'fork') process.once('disconnect', () => process.exit())
if (place === 'spawned') process.stdin.resume().once('end', () => process.exit())
setInterval(() => {}, 1000)
