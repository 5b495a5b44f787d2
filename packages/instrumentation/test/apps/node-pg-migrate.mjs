// Runs migrations when it is told to, in the ways that its options allow.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runner } from 'node-pg-migrate'

const directory = mkdtempSync(join(tmpdir(), 'tutti-migrations-'))
process.on('exit', () => rmSync(directory, { recursive: true }))
for (const number of [1, 2, 3]) {
  const down = `-- Down Migration\nDROP TABLE ring_${number};\n`
  writeFileSync(
    join(directory, `${number}_ring.sql`),
    `-- Up Migration\nCREATE TABLE ring_${number} (id int);\nINSERT INTO ring_${number} VALUES (1);\n${down}`,
  )
}

process.on('message', async message => {
  if (message === 'break') writeFileSync(join(directory, '4_broken.sql'), '-- Up Migration\nSELECT 1 / 0;\n')
  if (typeof message !== 'object') return
  try {
    const done = await runner({
      databaseUrl: process.env.DATABASE_URL,
      dir: directory,
      migrationsTable: 'test_migration',
      log: () => {},
      ...message,
    })
    process.send({ done: done.length })
  } catch (error) {
    process.send({ failed: error.code })
  }
})
process.send({})
