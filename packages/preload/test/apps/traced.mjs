// One process, ESM, whose libraries are imported.
import http from 'node:http'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
const server = http.createServer(async (_request, response) => {
  await pool.query('SELECT 1')
  response.end('one')
})
server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`))
process.on('SIGTERM', () => server.close(() => pool.end()))
