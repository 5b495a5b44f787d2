import { defineConfig } from 'vitest/config'

// Each file runs servers and a cluster of its own: one file at a time is enough for a small machine.
export default defineConfig({
  test: { testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false },
})
