// Uses every library that has metrics, well and badly, and then says the directory that it records into; asked by a
// message, it does all of it again.
const { once } = require('node:events')
const { createServer, request } = require('node:http')
const express = require('express')
const { Pool } = require('pg')
const Redis = require('ioredis')
const { Queue, Worker } = require('bullmq')

const { DATABASE_URL, REDIS_URL, TUTTI_DIR } = process.env

async function main() {
  await http()
  await postgres()
  await redis()
  await queues()
  process.send(TUTTI_DIR)
}

// What is open stays, as in an app.
const app = express()
app.post('/orders/:id', (_, response) => response.send('as you wish'))
app.post('/broken', (_, response) => response.status(500).send('not today'))
app.post('/endless', () => app.emit('left'))
const server = createServer(app)
const pool = new Pool({ connectionString: DATABASE_URL })
const hurried = new Pool({ connectionString: DATABASE_URL, max: 1, connectionTimeoutMillis: 500 })

async function http() {
  if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${server.address().port}`
  for (const path of ['/orders/1', '/broken'])
    await (await fetch(url + path, { method: 'POST', body: 'please' })).text()
  await fetch('http://127.0.0.1:10').catch(() => {})
  const left = request(`${url}/endless`, { method: 'POST' }).on('error', () => {})
  app.once('left', () => left.destroy())
  left.end('please')
  await new Promise(resolve => left.once('close', resolve))
}

async function postgres() {
  await pool.query('CREATE TABLE IF NOT EXISTS orders (id int)')
  await pool.query('INSERT INTO orders VALUES (1)')
  await pool.query('SELECT nothing FROM nowhere').catch(() => {})
  let client
  // On a busy machine even the first may be too late.
  while (client === undefined) client = await hurried.connect().catch(() => undefined)
  await hurried.connect().catch(() => {})
  client.release()
  await new Pool({ host: '127.0.0.1', port: 9 }).connect().catch(() => {})
  require('node:diagnostics_channel')
    .channel('tutti:migrations')
    .publish({ table: 'migrations', applied: 1, pending: 1 })
}

async function redis() {
  const client = new Redis(REDIS_URL)
  await client.del('list:1')
  await client.rpush('list:1', 'a')
  await client.get('list:1').catch(() => {})
  await client.set('session:2', 'a')
  for (const key of ['session:1', 'session:2', 'session:2', 'session:2']) await client.get(key)
  await client.quit()
}

async function queues() {
  const { hostname, port } = new URL(REDIS_URL)
  const connection = { host: hostname, port: Number(port), maxRetriesPerRequest: null }
  const queue = new Queue('mails', { connection })
  await queue.drain()
  const worker = new Worker('mails', async job => job.data.fail && Promise.reject(new RangeError('no')), {
    connection,
  })
  worker.on('error', () => {})
  await queue.add('welcome', {})
  await queue.add('welcome', { fail: true })
  await queue.add('refused', {}, { delay: -1, jobId: '0' }).catch(() => {})
  await new Promise(resolve => worker.once('failed', resolve))
  await worker.close()
  // Nobody takes this one.
  await queue.add('waits', {})
}

const fail = error => {
  console.error(error)
  process.exit(1)
}
main().catch(fail)
process.on('message', () => main().catch(fail))
