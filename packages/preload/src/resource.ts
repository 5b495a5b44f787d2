import aggregator from '@tutti/aggregator/package.json' with { type: 'json' }
import type { Configuration } from './configuration/configuration.ts'

/** Describes the service, never the machine: no paths, no command line, no pid. */
export function describeResource({ serviceName, resourceAttributes }: Configuration): {
  attributes: Record<string, string>
} {
  return {
    attributes: {
      'telemetry.sdk.language': 'nodejs',
      'telemetry.sdk.name': aggregator.name,
      'telemetry.sdk.version': aggregator.version,
      ...resourceAttributes,
      'service.name': serviceName,
    },
  }
}
