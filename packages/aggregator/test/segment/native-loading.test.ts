import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('../apps/exits-while-loading.ts', import.meta.url))

test.each([
  { loadingMs: 300, said: 'loaded\n', behaviour: 'waits until it is loaded' },
  { loadingMs: 20_000, said: '', behaviour: 'does not wait for ever' },
])('a process that ends while a thread loads a native module $behaviour', async ({ loadingMs, said }) => {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, TEST_LOADING_MS: String(loadingMs) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [stdout, ending] = await Promise.all([text(child.stdout), once(child, 'exit')])
  expect(ending).toEqual([3, null])
  expect(stdout).toBe(said)
})
