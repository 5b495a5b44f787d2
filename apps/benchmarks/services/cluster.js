// The same in a cluster, as services are run on several cores: a primary, and four workers that answer.
const cluster = require('node:cluster')
const { tellStart } = require('./tell-start.js')

const workers = 4

if (cluster.isPrimary) {
  let listening = 0
  cluster.on('listening', (_worker, { port }) => {
    if (port === Number(process.env.PORT) && ++listening === workers) tellStart()
  })
  for (let index = 0; index < workers; index++) cluster.fork()
} else {
  require('./http.js')
}
