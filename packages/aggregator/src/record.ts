import manifest from '../package.json' with { type: 'json' }

/** What a process needs that only records: the preload's entry, without pages, servers and readers' formats. */
export { chooseDirectory } from './directory/choose.ts'
export { type ContenderOptions, contendForExposer } from './exposer/contend.ts'
export type { SharedMeterProviderOptions } from './instrument/provider-options.ts'
export { SharedMeterProvider } from './instrument/shared-meter-provider.ts'

/** What records, for the resource's `telemetry.sdk.*`. */
export const SDK: { readonly name: string; readonly version: string } = {
  name: manifest.name,
  version: manifest.version,
}
