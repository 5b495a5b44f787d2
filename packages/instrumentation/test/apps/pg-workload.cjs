// A scripted day of an app with a database, in all the ways that pg can be called.
module.exports = async function work({ Client, Pool }) {
  const connectionString = process.env.DATABASE_URL
  const client = new Client({ connectionString })
  await client.connect()
  const outcomes = []
  const note = promise =>
    promise.then(
      ({ rowCount }) => outcomes.push(rowCount),
      error => outcomes.push(error.code),
    )

  await note(client.query('CREATE TEMPORARY TABLE rings (id int)'))
  await note(client.query('INSERT INTO rings VALUES ($1), ($2)', [1, 2]))
  await note(client.query({ text: '-- why\n  select\n*\nfrom rings', rowMode: 'array' }))
  await note(client.query('SELECT 1 FROM nowhere'))
  await new Promise(resolve =>
    client.query('SELECT 2', (_error, result) => resolve(outcomes.push(result.rowCount))),
  )
  await new Promise(resolve =>
    client.query('SELECT $1::int', ['x'], error => resolve(outcomes.push(error.code))),
  )
  const reused = { text: 'DELETE FROM rings' }
  for (let time = 0; time < 2; time++) {
    await new Promise(resolve => {
      reused.callback ??= (_error, result) => reused.done(outcomes.push(result.rowCount))
      reused.done = resolve
      client.query(reused)
    })
  }
  await note(client.query('SELECT 3'))
  await client.end()

  const first = new Pool({ connectionString, max: 3 })
  const second = new Pool({ connectionString, max: 5 })
  const other = new Pool({
    connectionString: `${connectionString}?application_name=x`.replace('127.0.0.1', 'localhost'),
    max: 2,
  })
  await note(first.query('SELECT 4'))
  await note(first.query('SELECT 1 FROM nowhere'))
  const held = await Promise.all([
    first.connect(),
    first.connect(),
    second.connect(),
    other.connect(),
    other.connect(),
  ])
  const waiting = [other.connect(), other.connect(), other.connect()]
  process.send({ outcomes })
  process.on('message', async message => {
    if (message !== 'finish') return
    for (const client of held) client.release()
    for (const client of waiting) (await client).release()
    await Promise.all([first.end(), second.end(), other.end()])
    process.send({ finished: true })
  })
}
