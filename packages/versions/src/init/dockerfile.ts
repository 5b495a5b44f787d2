import type { Edit } from '../doctor/finding.ts'
import { readImage } from '../doctor/launches/dockerfile-stages.ts'
import { finalLaunch } from '../doctor/launches/has-preload.ts'
import type { Service } from '../doctor/service.ts'
import { readText } from '../doctor/source/read-text.ts'

const HOST = 'OTEL_EXPORTER_PROMETHEUS_HOST'

/** Where an image runs the service, its page is for others: it listens on all addresses, and its port is named. */
export function openDockerfiles(service: Service): Edit[] {
  return service.launches.flatMap(launch => {
    if (launch.kind !== 'dockerfile' || finalLaunch(launch, service)?.command === undefined) return []
    const image = readImage(launch.file)
    const text = readText(launch.file)
    if (image === undefined || text === undefined || image.settings.has('OTEL_METRICS_EXPORTER')) return []
    const port = Number(image.settings.get('OTEL_EXPORTER_PROMETHEUS_PORT')?.value ?? 9464)
    const added = [
      ...(image.settings.has(HOST) ? [] : [`ENV ${HOST}=0.0.0.0`]),
      ...(image.ports.some(({ number }) => number === port) ? [] : [`EXPOSE ${port}`]),
    ]
    if (added.length === 0) return []
    const end = text.includes('\r\n') ? '\r\n' : '\n'
    const line = Math.min(
      ...[image.entrypoint, image.command].flatMap(each => each?.getRange().start.line ?? []),
    )
    return [
      {
        file: launch.file,
        offset: offsetOfLine(text, line),
        length: 0,
        text: added.map(each => each + end).join(''),
      },
    ]
  })
}

function offsetOfLine(text: string, line: number): number {
  let offset = 0
  for (let at = 0; at < line; at++) offset = text.indexOf('\n', offset) + 1
  return offset
}
