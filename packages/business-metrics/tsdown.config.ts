import { defineConfig, type UserConfig } from 'tsdown'

const entry = { index: 'src/index.ts', recorded: 'src/testing/recorded.ts' }

// Whatever `lib` an author's compiler is given: a run can be taken with `using`.
const banner = { dts: '/// <reference lib="esnext.disposable" />' }

const config: UserConfig[] = defineConfig([
  {
    // Vitest is ESM only, and so is what extends it.
    entry: { ...entry, testing: 'src/testing/vitest.ts' },
    format: ['esm'],
    target: 'node20',
    dts: { oxc: true },
    banner,
  },
  { entry, format: ['cjs'], target: 'node20', dts: { oxc: true }, banner },
])

export default config
