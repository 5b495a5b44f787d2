import { defineConfig } from 'vitest/config'

// All packages share two cores with real servers: a second chance, which vitest's report shows, for what timed out.
const retry = process.env.CI ? 1 : 0

// What is polled for has a second by default, in which a process may not even start.
const expect = { poll: { timeout: 20_000 } }

export default defineConfig({
  // The kill tests need the cores for themselves and for the processes that they start.
  test: { testTimeout: 60_000, retry, expect, hookTimeout: 30_000, maxWorkers: 2 },
})
