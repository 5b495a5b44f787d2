// Uses every library that has metrics, well and badly, and then says the directory that it records into.
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

async function http() {
  const app = express()
  app.post('/orders/:id', (_, response) => response.send('as you wish'))
  app.post('/broken', (_, response) => response.status(500).send('not today'))
  app.post('/endless', () => left.destroy())
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${server.address().port}`
  for (const path of ['/orders/1', '/broken'])
    await (await fetch(url + path, { method: 'POST', body: 'please' })).text()
  await fetch('http://127.0.0.1:9').catch(() => {})
  const left = request(`${url}/endless`, { method: 'POST' }).on('error', () => {})
  left.end('please')
  await new Promise(resolve => left.once('close', resolve))
  server.close()
}

async function postgres() {
  const pool = new Pool({ connectionString: DATABASE_URL, max: 1, connectionTimeoutMillis: 500 })
  await pool.query('CREATE TABLE orders (id int)')
  await pool.query('INSERT INTO orders VALUES (1)')
  await pool.query('SELECT nothing FROM nowhere').catch(() => {})
  const client = await pool.connect()
  await pool.connect().catch(() => {})
  client.release()
  await new Pool({ host: '127.0.0.1', port: 9 }).connect().catch(() => {})
  require('node:diagnostics_channel')
    .channel('tutti:migrations')
    .publish({ table: 'migrations', applied: 1, pending: 1 })
}

async function redis() {
  const client = new Redis(REDIS_URL)
  await client.rpush('list:1', 'a')
  await client.get('list:1').catch(() => {})
  await client.get('session:1')
  await client.quit()
}

async function queues() {
  const { hostname, port } = new URL(REDIS_URL)
  const connection = { host: hostname, port: Number(port), maxRetriesPerRequest: null }
  const queue = new Queue('mails', { connection })
  const worker = new Worker('mails', async job => job.data.fail && Promise.reject(new RangeError('no')), {
    connection,
  })
  worker.on('error', () => {})
  await queue.add('welcome', {})
  await queue.add('welcome', { fail: true })
  await queue.add('refused', {}, { delay: -1, jobId: '0' }).catch(() => {})
  await new Promise(resolve => worker.once('failed', resolve))
}

main().catch(error => {
  console.error(error)
  process.exit(1)
})
