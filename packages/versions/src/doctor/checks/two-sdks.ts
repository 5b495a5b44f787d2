import type { Finding } from '../finding.ts'
import { finalLaunch, hasPreload } from '../launches/has-preload.ts'
import type { Service } from '../service.ts'
import { findUses } from '../source/sdk.ts'
import { preloadedBy } from './esm-without-hook.ts'
import { report } from './report.ts'

const OTHERS =
  /^(?:@opentelemetry\/auto-instrumentations-node\/register|@splunk\/otel|elastic-apm-node|@elastic\/opentelemetry-node|@google-cloud\/opentelemetry)/

export function twoSdks(service: Service): readonly Finding[] {
  const launches = service.launches.filter(launch => hasPreload(launch, service) === true)
  if (launches.length === 0) return []
  const [sdk] = findUses(service, ['NodeSDK', 'setGlobalMeterProvider'])
  if (sdk !== undefined) return [report('TUTTI213', sdk, `the app has ${sdk.name}, beside @tutti/preload`)]
  return launches.flatMap(launch => {
    const last = finalLaunch(launch, service) ?? launch
    const other = preloadedBy(launch, last).find(({ name }) => OTHERS.test(name))
    return other === undefined
      ? []
      : [report('TUTTI213', last, `${last.label} starts with ${other.name}, beside @tutti/preload`)]
  })
}
