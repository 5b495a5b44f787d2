import type { Finding } from '../finding.ts'
import { finalLaunch, preloadedBy } from '../launches/final-launch.ts'
import { namesPreload } from '../launches/node-command.ts'
import type { Service } from '../service.ts'
import { findEntry, isModule } from '../source/entry.ts'
import { findUses } from '../source/sdk.ts'
import { oneALine } from './one-a-line.ts'
import { report } from './report.ts'

const REGISTER = /^@opentelemetry\/auto-instrumentations-node\/register/
/** Whoever writes one of these has thought of it. */
const HOOK = /@opentelemetry\/instrumentation\/hook\.mjs|import-in-the-middle\/(?:hook|register-hooks)\.mjs/

/** Asked only where instrumentations of OpenTelemetry's are set up by somebody else than the preload. */
export function esmWithoutHook(service: Service): readonly Finding[] {
  const [use] = findUses(service, ['registerInstrumentations', 'getNodeAutoInstrumentations'])
  if (service.sources.some(({ text }) => HOOK.test(text))) return []
  const findings = service.launches.flatMap(launch => {
    const last = finalLaunch(launch, service)
    const entry = findEntry(service, last?.command?.entry)
    if (last === undefined || entry === undefined || !isModule(entry)) return []
    const preloaded = preloadedBy(launch, last)
    if (preloaded.some(({ how, name }) => how === 'loader' || HOOK.test(name)) || namesPreload(preloaded))
      return []
    const registers = preloaded.find(({ name }) => REGISTER.test(name))
    if (registers === undefined && use === undefined) return []
    const who = registers?.name ?? `${use!.name}()`
    return [
      report(
        'TUTTI211',
        last,
        `${last.command!.entry} is an ES module, and ${who} sets up instrumentations without an import hook`,
      ),
    ]
  })
  return oneALine(findings)
}
