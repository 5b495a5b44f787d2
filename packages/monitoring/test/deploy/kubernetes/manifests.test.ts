import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment'
import { describe, expect, test } from 'vitest'
import { deploy, type Resource } from '../files.ts'
import { complaintsOf } from '../type-check.ts'
import { build, buildWith, findKustomize } from './build.ts'
import { literalOf, validate } from './model.ts'

const kustomize = await findKustomize()
const overlays = readdirSync(join(deploy, 'kubernetes/overlays')).filter(name => !name.startsWith('.'))
const components = readdirSync(join(deploy, 'kubernetes/components'))

describe.runIf(kustomize)('what kustomize builds', () => {
  const built: [string, Resource[]][] = kustomize
    ? [
        ...overlays.map((name): [string, Resource[]] => [name, build(kustomize, `overlays/${name}`)]),
        ...components.map((name): [string, Resource[]] => [name, buildWith(kustomize, name)]),
      ]
    : []

  test('is there for staging, production and every component', () => {
    expect(overlays.sort()).toEqual(['production', 'staging'])
    expect(built.map(([, resources]) => resources.length).every(count => count > 10)).toBe(true)
  })

  test.each(built)('%s: every resource is valid by its schema', async (_, resources) => {
    for (const resource of resources) await validate(resource)
  })

  test('has no field that its type does not know', () => {
    const distinct = new Map(
      built.flatMap(([, resources]) => resources).map(each => [JSON.stringify(each), literalOf(each)]),
    )
    expect(complaintsOf([...distinct.values()])).toEqual([])
  })

  test('would be told of a misspelled field', () => {
    const [, [first]] = built[0]
    expect(
      complaintsOf([literalOf({ ...first, metadata: { ...first.metadata, lables: {} } as never })]),
    ).toEqual([expect.stringMatching(/lables.* does not exist in type 'IObjectMeta'/)])
  })

  test.each(built)('%s: all containers are restricted, limited and without root', (_, resources) => {
    for (const { metadata, spec } of deploymentsOf(resources)) {
      const pod = spec!.template!.spec!
      expect(pod.securityContext, metadata!.name).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      })
      for (const container of [...(pod.initContainers ?? []), ...pod.containers]) {
        expect(container.securityContext, container.name).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        })
        expect(container.resources!.limits!.memory, container.name).toBeDefined()
        expect(container.readinessProbe ?? container.livenessProbe, container.name).toBeDefined()
      }
    }
  })

  test.each(built)('%s: whatever a resource names is there', (_, resources) => {
    const names = (kind: string) =>
      resources.filter(each => each.kind === kind).map(each => each.metadata.name)
    const text = JSON.stringify(resources)
    for (const [, name] of text.matchAll(/"configMapRef":\{"name":"([^"]+)"/g))
      expect(names('ConfigMap')).toContain(name)
    for (const [, name] of text.matchAll(/"configMap":\{"name":"([^"]+)"/g))
      expect(names('ConfigMap')).toContain(name)
    for (const [, name] of text.matchAll(/"serviceAccountName":"([^"]+)"/g))
      expect(names('ServiceAccount')).toContain(name)
    for (const { spec } of deploymentsOf(resources)) {
      const pod = spec!.template!.spec!
      const volumes = pod.volumes?.map(volume => volume.name) ?? []
      for (const container of [...(pod.initContainers ?? []), ...pod.containers])
        for (const mount of container.volumeMounts ?? []) expect(volumes).toContain(mount.name)
    }
  })

  test.each(built)('%s: the port of the page is one container of a pod', (_, resources) => {
    const deployments = deploymentsOf(resources).filter(({ metadata }) =>
      ['api', 'job-worker'].includes(metadata!.name!),
    )
    expect(deployments).toHaveLength(2)
    for (const { spec } of deployments) {
      const { containers, initContainers = [] } = spec!.template!.spec!
      const ports = [...initContainers, ...containers].flatMap(each => each.ports ?? [])
      expect(ports.filter(({ containerPort }) => containerPort === 9464)).toHaveLength(1)
    }
  })

  test.each(built)('%s: no probe that restarts a container asks the database', (_, resources) => {
    for (const { spec } of deploymentsOf(resources))
      for (const { startupProbe, livenessProbe } of spec!.template!.spec!.containers)
        expect(JSON.stringify([startupProbe, livenessProbe])).not.toMatch(/readyz|is-ready/)
  })

  test('production: only the sidecar has the key and the token of the page', () => {
    const production = built.find(([name]) => name === 'production')![1]
    const api = deploymentsOf(production).find(({ metadata }) => metadata!.name === 'api')!
    const { containers, initContainers } = api.spec!.template!.spec!
    const mounts = (each: (typeof containers)[number]) => each.volumeMounts!.map(({ name }) => name)
    expect(mounts(containers[0])).toEqual(['segments', 'tmp', 'secrets'])
    expect(containers[0].env).toContainEqual({ name: 'OTEL_METRICS_EXPORTER', value: 'none' })
    expect(mounts(initContainers![0])).toEqual(['segments', 'metrics-access', 'web-config'])
    expect(initContainers![0].restartPolicy).toBe('Always')
  })
})

function deploymentsOf(resources: Resource[]): IDeployment[] {
  return resources.filter(each => each.kind === 'Deployment') as unknown as IDeployment[]
}
