// Connections that are opened, refused, waited for in vain, used and given back.
const { Client, Pool } = require('pg')
const LonePool = require('pg-pool')

async function work() {
  const { hostname, port, username, password } = new URL(process.env.DATABASE_URL)
  const database = `postgres://${username}:${password}@${hostname}:${port}`
  const outcomes = []
  const note = promise =>
    promise.then(
      () => outcomes.push('ok'),
      error => outcomes.push(error.code ?? error.message),
    )
  // Its server and its name come from the environment.
  Object.assign(process.env, { PGHOST: hostname, PGPORT: port, PGUSER: username, PGDATABASE: 'template1' })
  process.env.PGPASSWORD = decodeURIComponent(password)
  const byEnvironment = new LonePool({ max: 4 })
  await note(byEnvironment.query('SELECT 1'))

  const small = new Pool({ connectionString: `${database}/postgres`, max: 1 })
  const held = await small.connect()
  // Not before: to open the only one may take longer than that.
  small.options.connectionTimeoutMillis = 100
  await note(small.query('SELECT 1'))
  await new Promise(resolve => small.connect(error => resolve(outcomes.push(error.message))))
  small.options.connectionTimeoutMillis = 0
  held.release()
  await note(small.query('SELECT 1'))
  await note(small.query('SELECT 1 FROM nowhere'))

  await note(new Pool({ connectionString: `${database}/missing` }).query('SELECT 1'))
  await note(new Client({ host: hostname, port: 1, database: 'closed' }).connect())
  const lone = new Client({ connectionString: `${database}/template1` })
  await note(lone.connect())
  await lone.end()
  process.send({ outcomes })
  process.on('message', async message => {
    if (message !== 'finish') return
    await Promise.all([small.end(), byEnvironment.end()])
    process.send({ finished: true })
  })
}

work()
