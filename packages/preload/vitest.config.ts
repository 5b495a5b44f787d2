import { defineConfig, type ViteUserConfig } from 'vitest/config'

// All packages share two cores with real servers: a second chance, which vitest's report shows, for what timed out.
const retry = process.env.CI ? 1 : 0

// What is polled for has a second by default, in which a process may not even start.
const expect = { poll: { timeout: 20_000 } }

const config: ViteUserConfig = defineConfig({
  test: { testTimeout: 90_000, retry, expect, hookTimeout: 60_000, maxConcurrency: 2 },
})

export default config
