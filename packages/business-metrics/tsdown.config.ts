import { defineConfig, type UserConfig } from 'tsdown'

const entry = { index: 'src/index.ts', recorded: 'src/testing/recorded.ts' }

const config: UserConfig[] = defineConfig([
  {
    // Vitest is ESM only, and so is what extends it.
    entry: { ...entry, testing: 'src/testing/vitest.ts' },
    format: ['esm'],
    target: 'node20',
    dts: { oxc: true },
  },
  { entry, format: ['cjs'], target: 'node20', dts: { oxc: true } },
])

export default config
