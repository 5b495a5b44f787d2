import { defineConfig, type UserConfig } from 'tsdown'

// A program, not a library: nobody imports it. Each command is a chunk of its own, loaded when it is called.
const config: UserConfig = defineConfig({
  entry: { main: 'src/main.ts' },
  format: ['esm'],
  target: 'node20',
  dts: false,
})

export default config
