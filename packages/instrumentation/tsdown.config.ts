import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  target: 'node20',
  dts: { oxc: true },
  // OpenTelemetry's runtime instrumentation is bundled, on a base class that wraps no module loader.
  alias: { '@opentelemetry/instrumentation': new URL('./src/runtime/base.ts', import.meta.url).pathname },
  deps: { onlyBundle: false },
  treeshake: { moduleSideEffects: false },
})

export default config
