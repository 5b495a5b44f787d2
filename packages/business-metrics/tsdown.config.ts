import { defineConfig, type UserConfig } from 'tsdown'

const entry = { index: 'src/index.ts', recorded: 'src/testing/recorded.ts' }

// Whatever `lib` an author's compiler is given: a run can be taken with `using`.
const banner = { dts: '/// <reference lib="esnext.disposable" />' }

// The first line is for Node's reader of CommonJS, by which it can be imported by name.
const CONTENT_TYPE = `exports.contentType = undefined
Object.defineProperties(exports, {
  contentType: {
    enumerable: true,
    get: () => register.contentType,
    set: type => register.setContentType(type),
  },
})`

const config: UserConfig[] = defineConfig([
  {
    // Vitest is ESM only, and so is what extends it.
    entry: { ...entry, testing: 'src/testing/vitest.ts' },
    format: ['esm'],
    target: 'node20',
    dts: { oxc: true },
    banner,
  },
  { entry, format: ['cjs'], target: 'node20', dts: { oxc: true }, banner },
  {
    // CommonJS only, as prom-client is: an app that imports it and a library that requires it share one registry.
    entry: { 'prom-client': 'src/prom-client/index.ts' },
    format: ['cjs'],
    target: 'node20',
    dts: { oxc: true },
    clean: false,
    // Half a package is needed, by those only who use summaries: it comes along, and is nobody's dependency.
    deps: { onlyBundle: false, alwaysBundle: ['tdigest', 'bintrees'] },
    // An export that can be set, which no module syntax has a word for.
    footer: { js: CONTENT_TYPE },
  },
])

export default config
