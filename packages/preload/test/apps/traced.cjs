// A cluster whose workers ask PostgreSQL on each request, and log it.
const cluster = require('node:cluster')

if (cluster.isPrimary) {
  cluster.fork()
  cluster.fork()
  cluster.on('message', (_worker, port) => console.log(`listening ${port}`))
  process.on('SIGTERM', () => cluster.disconnect())
} else {
  const fastify = require('fastify')
  const pg = require('pg')
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
  const app = fastify({ logger: true })
  app.get('/users/:id', async request => {
    request.log.info('asked')
    const { rows } = await pool.query('SELECT 1 AS one')
    return rows[0]
  })
  app.listen({ port: 0, host: '127.0.0.1' }).then(() => process.send(app.server.address().port))
  process.on('disconnect', async () => {
    await app.close()
    await pool.end()
  })
}
