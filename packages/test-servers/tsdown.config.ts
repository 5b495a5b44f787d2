import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/keeper.ts'],
  format: ['esm'],
  target: 'node22',
  dts: false,
  // It fetches and compiles Redis in a folder beside its own files, so it has to stay where it is installed.
  deps: { neverBundle: ['redis-memory-server'] },
})
