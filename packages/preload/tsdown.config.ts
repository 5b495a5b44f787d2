import { defineConfig, type UserConfig } from 'tsdown'

// CommonJS only: `--require` and `--import` must get the same instance, and both can load this.
const preload: UserConfig = {
  entry: { index: 'src/index.ts', start: 'src/start.ts', 'start-signals': 'src/signals/start-signals.ts' },
  format: ['cjs'],
  target: 'node20',
  outputOptions: { comments: { legal: true, annotation: false, jsdoc: false } },
  dts: { oxc: true, entry: ['src/index.ts'] },
}

// By itself, so that what is loaded at a start stays as it is.
const knowledge: UserConfig = {
  entry: { knowledge: 'src/knowledge.ts' },
  format: ['esm'],
  target: 'node20',
  dts: { oxc: true },
  clean: false,
}

const config: UserConfig[] = defineConfig([preload, knowledge])

export default config
