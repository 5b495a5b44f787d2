import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import { alive } from './alive.ts'

// The owner is a process of its own, so that it can be killed.
const owner = `
  import { startPostgres, startRedis } from '@tutti/test-servers'
  const servers = await Promise.all([startPostgres(), startRedis()])
  console.log(JSON.stringify(servers.map(server => server.pid)))
`

test('ends the servers of an owner that was killed', async () => {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', `${owner}; setInterval(() => {}, 1000)`],
    {
      cwd: import.meta.dirname,
    },
  )
  const [line] = await once(child.stdout, 'data')
  const pids: number[] = JSON.parse(line)
  expect(pids.map(alive)).toEqual([true, true])
  child.kill('SIGKILL')
  await vi.waitFor(() => expect(pids.map(alive)).toEqual([false, false]), { timeout: 15_000 })
})

test('does not keep alive an owner that has nothing left to do', async () => {
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', owner], {
    cwd: import.meta.dirname,
  })
  const pids: number[] = JSON.parse(stdout)
  await vi.waitFor(() => expect(pids.map(alive)).toEqual([false, false]), { timeout: 15_000 })
})
