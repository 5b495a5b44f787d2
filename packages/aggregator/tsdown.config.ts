import { defineConfig } from 'tsdown'

const shared = { target: 'node20', dts: { oxc: true } } as const

export default defineConfig([
  { ...shared, entry: { index: 'src/index.ts' }, format: 'esm' },
  // Both kinds of importers start the same thread.
  {
    ...shared,
    entry: { index: 'src/index.ts', 'exposer-thread': 'src/exposer/thread.ts' },
    format: 'cjs',
    clean: false,
  },
])
