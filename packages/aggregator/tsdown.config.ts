import { defineConfig } from 'tsdown'

const shared = {
  target: 'node20',
  dts: { oxc: true },
  // Every process parses it at its start: comments stay in the source.
  outputOptions: { comments: { legal: true, annotation: false, jsdoc: false } },
  // Of protobuf only the writer is needed, a tenth of what the package loads.
  deps: { onlyBundle: false as const, alwaysBundle: [/^@bufbuild\/protobuf/] },
}

export default defineConfig([
  { ...shared, entry: ['src/index.ts', 'src/record.ts', 'src/inspect.ts'], format: 'esm' },
  // Both kinds of importers start the same thread.
  {
    ...shared,
    entry: { index: 'src/index.ts', record: 'src/record.ts', 'exposer-thread': 'src/exposer/thread.ts' },
    format: 'cjs',
    clean: false,
  },
])
