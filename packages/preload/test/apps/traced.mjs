// One process, ESM, whose libraries are imported. Responses end outside of their request's context, as they do when a
// batch or a shared connection answers.
import http from 'node:http'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
const answered = []
const answering = setInterval(() => {
  for (const response of answered.splice(0)) response.end('one')
}, 5)
const server = http.createServer(async (_request, response) => {
  await pool.query('SELECT 1')
  answered.push(response)
})
server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`))
process.on('SIGTERM', () => {
  server.close(() => {
    clearInterval(answering)
    pool.end()
  })
})
