import { SDK } from '@tutti/aggregator/record'
import type { Configuration } from './configuration/configuration.ts'

/** Describes the service, never the machine: no paths, no command line, no pid. */
export function describeResource({ serviceName, resourceAttributes }: Configuration): {
  attributes: Record<string, string>
} {
  return {
    attributes: {
      'telemetry.sdk.language': 'nodejs',
      'telemetry.sdk.name': SDK.name,
      'telemetry.sdk.version': SDK.version,
      ...resourceAttributes,
      'service.name': serviceName,
    },
  }
}
