import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  target: 'node20',
  dts: { oxc: true },
  // OpenTelemetry's runtime instrumentation is bundled, on a base class that wraps no module loader, and with the two
  // numbers of the API that it needs: all hundred files of it would be loaded at every start of every process.
  alias: { '@opentelemetry/instrumentation': new URL('./src/runtime/base.ts', import.meta.url).pathname },
  deps: {
    onlyBundle: false,
    alwaysBundle: ['@opentelemetry/api'],
    dts: { neverBundle: ['@opentelemetry/api'] },
  },
  treeshake: { moduleSideEffects: false },
  outputOptions: { comments: { legal: true, annotation: false, jsdoc: false } },
})

export default config
