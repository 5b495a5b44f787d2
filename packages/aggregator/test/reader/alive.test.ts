import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../temporary-directory.ts'

test.each([
  ['', 'exported\n'],
  ['1', 'shut down\nexported\n'],
])('readers keep no process alive, shut down (%j) or not', async (shutdown, said) => {
  const app = fileURLToPath(new URL('../apps/ends-with-readers.ts', import.meta.url))
  const env = {
    ...process.env,
    TEST_DIRECTORY: temporaryDirectory(),
    TEST_PORT: String(await freePort()),
    TEST_SHUTDOWN: shutdown,
  }
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [app], { env, timeout: 20_000 })
  expect([stdout, stderr]).toEqual([said, ''])
})
