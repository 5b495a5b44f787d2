import type { Edit } from '../doctor/finding.ts'
import { offsetOf } from '../doctor/launches/dockerfile.ts'
import { readImage } from '../doctor/launches/dockerfile-stages.ts'
import { finalLaunch } from '../doctor/launches/final-launch.ts'
import { PAGE_HOST, PAGE_PORT } from '../doctor/launches/launch.ts'
import type { Service } from '../doctor/service.ts'
import { readText } from '../doctor/source/read-text.ts'

/** Where an image runs the service, its page is for others: it listens on all addresses, and its port is named. */
export function openDockerfiles(service: Service): Edit[] {
  return service.launches.flatMap(launch => {
    if (launch.kind !== 'dockerfile' || finalLaunch(launch, service)?.command === undefined) return []
    const image = readImage(launch.file)
    const text = readText(launch.file)
    if (image === undefined || text === undefined || image.settings.has('OTEL_METRICS_EXPORTER')) return []
    const port = Number(image.settings.get(PAGE_PORT)?.value ?? 9464)
    const added = [
      ...(image.settings.has(PAGE_HOST) ? [] : [`ENV ${PAGE_HOST}=0.0.0.0`]),
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
        offset: offsetOf(text, line, 0),
        length: 0,
        text: added.map(each => each + end).join(''),
      },
    ]
  })
}
