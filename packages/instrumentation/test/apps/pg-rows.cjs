// Rows that come and go, in all the ways that PostgreSQL has, and with transactions that end either way.
const { Client } = require('pg')

async function work() {
  const client = new Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  const run = (...args) => client.query(...args).catch(() => {})
  await run('CREATE TEMPORARY TABLE plain (id int PRIMARY KEY, name text)')
  await run(
    'CREATE SCHEMA IF NOT EXISTS shop; DROP TABLE IF EXISTS shop."Orders"; CREATE TABLE shop."Orders" (id int)',
  )
  await run('CREATE TEMPORARY TABLE kept (id int); CREATE TEMPORARY TABLE "od`d" (id int)')

  await run('INSERT INTO plain VALUES (1), (2), (3)')
  await run('insert into plain (id, name) values ($1, $2)', [4, 'alice@example.com'])
  await run("-- why\nUPDATE ONLY plain SET name = 'DELETE FROM kept; --' WHERE id < 3")
  await run('UPDATE plain SET name = 1 WHERE false')
  await run("INSERT INTO plain VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET name = excluded.name")
  await run('INSERT INTO plain VALUES (1) ON CONFLICT DO NOTHING')
  await run('INSERT INTO plain VALUES (1)') // an error
  await run(
    'WITH gone AS (SELECT id FROM plain WHERE id = 4) DELETE FROM plain USING gone WHERE plain.id = gone.id',
  )
  await run(
    'MERGE INTO plain USING (VALUES (1), (9)) v (id) ON plain.id = v.id WHEN MATCHED THEN UPDATE SET name = NULL WHEN NOT MATCHED THEN INSERT VALUES (v.id)',
  )
  await run('INSERT INTO shop."Orders" SELECT generate_series(1, 10)')
  await run('INSERT INTO "od`d" VALUES (1)')
  await run({ name: 'add', text: 'INSERT INTO kept VALUES ($1)', values: [1] })
  await run({ name: 'add', values: [2] })
  await run(
    "INSERT INTO kept VALUES (3); SELECT 1; DELETE FROM kept WHERE id = $$3$$::int; UPDATE plain SET name = ';'",
  )
  await run('INSERT INTO kept VALUES (4); SELECT 1 / 0') // undone as a whole
  await run("COPY kept (id) FROM PROGRAM 'echo 5; echo 6'")
  await run("COPY kept TO PROGRAM 'cat > /dev/null'")
  await run('TRUNCATE plain')
  await run('SELECT * INTO TEMPORARY TABLE copy FROM kept')

  await run('BEGIN')
  await run('INSERT INTO kept VALUES (10), (11)')
  await run('SAVEPOINT one')
  await run('INSERT INTO kept VALUES (12)')
  await run('ROLLBACK TO SAVEPOINT one')
  await run('DELETE FROM kept WHERE id = 11')
  await run('RELEASE one')
  await run('COMMIT')
  await run('BEGIN')
  await run('INSERT INTO kept VALUES (20)')
  await run('ROLLBACK')
  await run('START TRANSACTION')
  await run('INSERT INTO kept VALUES (21)')
  await run('SELECT 1 / 0')
  await run('COMMIT') // PostgreSQL answers ROLLBACK
  await run('INSERT INTO kept VALUES (22)')
  await run('BEGIN; INSERT INTO kept VALUES (23); COMMIT')
  await run('BEGIN')
  await run('INSERT INTO kept VALUES (24)')
  await client.end() // never committed
  process.send({ finished: true })
}

work()
