import { finalLaunch } from '../doctor/launches/final-launch.ts'
import type { Service } from '../doctor/service.ts'

/** For images and manifests that are not here, or elsewhere. */
export function snippets(service: Service): { title: string; text: string }[] {
  const { launches, name } = service
  const has = (kind: string) => launches.some(launch => launch.kind === kind)
  const script = launches.find(({ kind }) => kind === 'script')
  const command = script === undefined ? undefined : finalLaunch(script, service)?.command
  const entry = command?.runner === 'node' && command.program === 'node' ? command.entry : undefined
  const image = name.replace(/^.*\//, '')
  const found: { title: string; text: string }[] = []
  if (!has('dockerfile'))
    found.push({
      title: 'Dockerfile',
      text: `ENV OTEL_EXPORTER_PROMETHEUS_HOST=0.0.0.0\nEXPOSE 9464\nCMD ["node", "--require", "@tutti/preload", ${JSON.stringify(entry ?? 'server.js')}]\n`,
    })
  if (!has('kubernetes') && !has('compose'))
    found.push(
      {
        title: 'Kubernetes, a container',
        text: `- name: ${image}\n  ports:\n    - name: metrics\n      containerPort: 9464\n  env:\n    - name: OTEL_EXPORTER_PROMETHEUS_HOST\n      value: "0.0.0.0"\n`,
      },
      {
        title: 'compose, a service',
        text: `${image}:\n  environment:\n    OTEL_EXPORTER_PROMETHEUS_HOST: 0.0.0.0\n`,
      },
    )
  return found
}
