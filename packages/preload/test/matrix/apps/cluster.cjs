// Two workers that run an app, and a primary that only forks them: node cluster.cjs <app> <framework>
const cluster = require('node:cluster')
const { join } = require('node:path')

const [app, framework] = process.argv.slice(2)
cluster.setupPrimary({ exec: join(__dirname, app), args: [framework] })
cluster.fork()
cluster.fork()
