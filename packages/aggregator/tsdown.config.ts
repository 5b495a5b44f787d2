import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/exposer/thread.ts'],
  format: ['esm', 'cjs'],
  target: 'node20',
  dts: { oxc: true },
  sourcemap: false,
})
