import { isMap, isScalar } from 'yaml'
import type { Edit } from '../doctor/finding.ts'
import { type Launch, PAGE_HOST } from '../doctor/launches/launch.ts'
import { nodeAt, yamlFiles } from '../doctor/launches/yaml-file.ts'
import type { Service } from '../doctor/service.ts'

/** Other services reach every port of a container, so its page listens for them; unless an image of ours does it. */
export function openCompose({ launches }: Service): Edit[] {
  if (launches.some(({ kind }) => kind === 'dockerfile')) return []
  return launches.filter(isToBeOpened).flatMap(open)
}

function isToBeOpened({ kind, command, environment: { settings, isComplete } }: Launch): boolean {
  const isSaid = settings.has(PAGE_HOST) || settings.has('OTEL_METRICS_EXPORTER')
  return kind === 'compose' && command !== undefined && isComplete && !isSaid
}

/**
 * A further variable, first where there are some, also where services share them; else with its key before the command,
 * or before what the service shares.
 */
function open({ file: path, label }: Launch): Edit[] {
  for (const file of yamlFiles(path)) {
    const service = nodeAt(file, 'services', label)
    if (!isMap(service) || service.flow) continue
    const keyed = (name: string) => service.items.find(({ key }) => isScalar(key) && key.value === name)
    const environment = nodeAt(file, 'services', label, 'environment')
    if (environment !== undefined && (!isMap(environment) || environment.flow)) continue
    const first = keyed('command') ?? keyed('entrypoint') ?? service.items[0]
    const before = environment === undefined ? first?.key : environment.items[0]?.key
    if (!isScalar(before) || !before.range) continue
    const offset = file.text.lastIndexOf('\n', before.range[0] - 1) + 1
    const indent = file.text.slice(offset, before.range[0])
    const variable = `${PAGE_HOST}: "0.0.0.0"\n`
    const text =
      environment === undefined ? `${indent}environment:\n${indent}  ${variable}` : indent + variable
    return [{ file: path, offset, length: 0, text }]
  }
  return []
}
