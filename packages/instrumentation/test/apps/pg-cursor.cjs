// Queries that are read bit by bit: pg-cursor, pg-query-stream, and a Query object of pg's own.
const { Client, Query } = require('pg')
const Cursor = require('pg-cursor')
const QueryStream = require('pg-query-stream')

async function work() {
  const client = new Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  await client.query('CREATE TEMPORARY TABLE rings (id int)')
  const outcomes = []
  const note = promise =>
    promise.then(
      value => outcomes.push(value),
      error => outcomes.push(error.code),
    )

  const read = client.query(new Cursor('SELECT * FROM generate_series(1, 5)'))
  await note(read.read(3).then(rows => rows.length))
  await note(read.read(3).then(rows => rows.length))
  const closed = client.query(new Cursor('SELECT * FROM generate_series(1, 5)'))
  await note(closed.read(1).then(rows => rows.length))
  await closed.close()
  await note(client.query(new Cursor('SELECT 1 FROM nowhere')).read(1))
  const added = client.query(new Cursor('INSERT INTO rings VALUES (1), (2) RETURNING id'))
  await note(added.read(10).then(rows => rows.length))

  let rows = 0
  for await (const _ of client.query(new QueryStream('SELECT * FROM generate_series(1, 500)'))) rows++
  outcomes.push(rows)
  await note(
    (async () => {
      for await (const _ of client.query(new QueryStream('SELECT 1 / (3 - n) FROM generate_series(1, 5) n')))
        rows++
    })(),
  )
  await new Promise(resolve =>
    client.query(
      new Query('UPDATE rings SET id = 3', (_error, result) => resolve(outcomes.push(result.rowCount))),
    ),
  )
  const emitting = client.query(new Query('SELECT 1 FROM nowhere'))
  await new Promise(resolve => emitting.on('error', error => resolve(outcomes.push(error.code))))
  await note(client.query('SELECT 1').then(result => result.rowCount))
  await client.end()
  process.send({ outcomes })
}

work()
