import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/api.ts', 'src/job-worker.ts', 'src/outside.ts', 'src/traffic.ts'],
  format: ['esm'],
  target: 'node22',
  dts: false,
})
