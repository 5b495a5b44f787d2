import { defineConfig } from 'tsdown'

// Every process parses it at its start: comments stay in the source.
const shared = { target: 'node20', dts: { oxc: true }, outputOptions: { comments: false } } as const

export default defineConfig([
  { ...shared, entry: ['src/index.ts', 'src/record.ts'], format: 'esm' },
  // Both kinds of importers start the same thread.
  {
    ...shared,
    entry: { index: 'src/index.ts', record: 'src/record.ts', 'exposer-thread': 'src/exposer/thread.ts' },
    format: 'cjs',
    clean: false,
  },
])
