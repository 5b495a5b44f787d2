import { defineConfig, type ViteUserConfig } from 'vitest/config'

// All packages share two cores with real servers: a second chance, which vitest's report shows, for what timed out.
const retry = process.env.CI ? 1 : 0

// The campaign's file is none of `npm test`, where what does not run would be told each time.
const include = process.env.TUTTI_SERVICES === 'full' ? ['campaign/*.campaign.ts'] : ['test/**/*.test.ts']

const config: ViteUserConfig = defineConfig({
  test: {
    include,
    testTimeout: 60_000,
    retry,
    hookTimeout: 60_000,
    maxWorkers: 2,
    globalSetup: 'test/doctor/folder.ts',
  },
})

export default config
