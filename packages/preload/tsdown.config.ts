import { defineConfig, type UserConfig } from 'tsdown'

// CommonJS only: `--require` and `--import` must get the same instance, and both can load this.
const config: UserConfig = defineConfig({
  entry: { index: 'src/index.ts', start: 'src/start.ts', 'start-signals': 'src/signals/start-signals.ts' },
  format: ['cjs'],
  target: 'node20',
  outputOptions: { comments: { legal: true, annotation: false, jsdoc: false } },
  dts: { oxc: true, entry: ['src/index.ts'] },
})

export default config
