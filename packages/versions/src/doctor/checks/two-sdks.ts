import type { Finding } from '../finding.ts'
import { finalLaunch, preloadedBy } from '../launches/final-launch.ts'
import { hasPreload } from '../launches/has-preload.ts'
import type { Launch } from '../launches/launch.ts'
import type { Service } from '../service.ts'
import { findUses } from '../source/sdk.ts'
import { oneALine } from './one-a-line.ts'
import { report } from './report.ts'

const OTHERS =
  /^(?:@opentelemetry\/auto-instrumentations-node\/register|@splunk\/otel|elastic-apm-node|@elastic\/opentelemetry-node|@google-cloud\/opentelemetry)/

export function twoSdks(service: Service): readonly Finding[] {
  return otherSdks(
    service,
    service.launches.filter(launch => hasPreload(launch, service) === true),
  )
}

/** What is beside the preload in these launches, once they have it. */
export function otherSdks(service: Service, launches: readonly Launch[]): readonly Finding[] {
  if (launches.length === 0) return []
  const [sdk] = findUses(service, ['NodeSDK', 'setGlobalMeterProvider'])
  if (sdk !== undefined) return [report('TUTTI213', sdk, `the app has ${sdk.name}, beside @tutti/preload`)]
  const findings = launches.flatMap(launch => {
    const last = finalLaunch(launch, service) ?? launch
    const other = preloadedBy(launch, last).find(({ name }) => OTHERS.test(name))
    return other === undefined
      ? []
      : [report('TUTTI213', last, `${last.label} starts with ${other.name}, beside @tutti/preload`)]
  })
  return oneALine(findings)
}
