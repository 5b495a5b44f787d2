import { defineConfig } from 'vitest/config'

export default defineConfig({
  // The kill tests need the cores for themselves and for the processes that they start.
  test: { testTimeout: 60_000, hookTimeout: 30_000, maxWorkers: 2 },
})
