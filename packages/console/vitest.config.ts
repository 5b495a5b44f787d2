import { defineConfig, type ViteUserConfig } from 'vitest/config'

// All packages share two cores with real servers: a second chance, which vitest's report shows, for what timed out.
const retry = process.env.CI ? 1 : 0

const config: ViteUserConfig = defineConfig({
  test: { testTimeout: 120_000, retry, hookTimeout: 360_000, maxWorkers: 1 },
})

export default config
