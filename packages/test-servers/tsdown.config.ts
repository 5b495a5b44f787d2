import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/keeper.ts'],
  format: ['esm'],
  target: 'node22',
  dts: false,
})
