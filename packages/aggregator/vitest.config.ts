import { defineConfig } from 'vitest/config'

// All packages share two cores with real servers: a second chance, which vitest's report shows, for what timed out.
const retry = process.env.CI ? 1 : 0

export default defineConfig({
  // The kill tests need the cores for themselves and for the processes that they start.
  test: { testTimeout: 60_000, retry, hookTimeout: 30_000, maxWorkers: 2 },
})
