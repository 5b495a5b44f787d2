import { expect, test } from 'vitest'
import { readChanges } from '../../src/database/sql-changes.ts'

test.each([
  ['INSERT INTO a VALUES (1)', ['INSERT a']],
  ['insert into "Quoted" values (1)', ['INSERT Quoted']],
  ['INSERT INTO shop . "Orders" (id) VALUES (1)', ['INSERT shop.Orders']],
  ['UPDATE ONLY a SET b = 1', ['UPDATE a']],
  ['UPDATE a AS b SET c = (SELECT 1 FROM d)', ['UPDATE a']],
  ['DELETE FROM ONLY a WHERE x = $1', ['DELETE a']],
  ['MERGE INTO a USING b ON true', ['MERGE a']],
  ['COPY a (id, name) FROM STDIN', ['COPY a']],
  ['COPY a TO STDOUT', ['COPY TO -']],
  ['COPY (SELECT * FROM a) TO STDOUT', ['COPY TO -']],
  ['/* DELETE FROM b; */ -- and\n DELETE FROM a', ['DELETE a']],
  ["INSERT INTO a VALUES ('; DELETE FROM b; ''x')", ['INSERT a']],
  ["INSERT INTO a VALUES (E'it\\'s; '); DELETE FROM b", ['INSERT a', 'DELETE b']],
  ['DO $x$ BEGIN; DELETE FROM b; $x$; DELETE FROM a', ['DO -', 'DELETE a']],
  ['WITH x AS (DELETE FROM b RETURNING *) INSERT INTO a SELECT * FROM x', ['INSERT a']],
  ['WITH x AS (DELETE FROM b RETURNING *) SELECT * FROM x', ['SELECT -']],
  ['; ;BEGIN;INSERT INTO a VALUES (1);;COMMIT;', ['BEGIN -', 'INSERT a', 'COMMIT -']],
  ['INSERT INTO "alice@example.com" VALUES (1)', ['INSERT -']],
  [
    'SAVEPOINT "a b"; RELEASE SAVEPOINT x; ROLLBACK TO SAVEPOINT x',
    ['SAVEPOINT a b', 'RELEASE x', 'ROLLBACK x'],
  ],
  ['ROLLBACK AND CHAIN', ['ROLLBACK -']],
  ["INSERT INTO a VALUES ('never closed", ['INSERT a']],
  ['', []],
])('%s', (text, changes) => {
  expect(readChanges(text).map(({ command, target }) => `${command} ${target ?? '-'}`)).toEqual(changes)
})

test('of very long text the beginning is read, where its first table stands', () => {
  const long = `INSERT INTO a VALUES ('${'x'.repeat(60_000)}'); DELETE FROM b`
  expect(readChanges(long)).toEqual([{ command: 'INSERT', target: 'a' }])
})
