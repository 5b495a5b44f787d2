import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  entry: { index: 'src/index.ts', doctor: 'src/doctor/index.ts', init: 'src/init/index.ts' },
  format: ['esm'],
  target: 'node20',
  dts: { oxc: true },
  // What the preload knows is built in: the doctor needs its tables, and nothing of what it brings.
  deps: { onlyBundle: false, alwaysBundle: [/^@tutti\/preload/] },
})

export default config
