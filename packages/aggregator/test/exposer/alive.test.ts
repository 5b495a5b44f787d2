import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../temporary-directory.ts'

test('an app that has served its page and has nothing more to do ends by itself', async () => {
  const app = fileURLToPath(new URL('../apps/ends.ts', import.meta.url))
  const env = { ...process.env, TEST_DIRECTORY: temporaryDirectory() }
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [app], { env, timeout: 20_000 })
  expect([stdout, stderr]).toEqual(['200 true\n', ''])
})
