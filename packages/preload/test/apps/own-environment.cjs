// A worker thread that is given an environment of its own, without anything of ours.
const { Worker, isMainThread } = require('node:worker_threads')
const { count } = require('./count.cjs')

if (isMainThread) {
  new Worker(__filename, { env: { MINE: '1' } })
} else {
  count('thread')
  console.log(Object.keys(process.env).join())
}
setInterval(() => {}, 1000)
