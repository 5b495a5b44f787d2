import { defineConfig, type UserConfig } from 'tsdown'

// What others import. The page itself is Vite's, below dist/app.
const config: UserConfig = defineConfig({
  entry: ['src/index.ts'],
  format: ['esm'],
  target: 'node20',
  dts: { oxc: true },
  clean: false,
})

export default config
