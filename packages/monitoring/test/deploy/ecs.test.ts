import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'
import { filesBelow, text } from './files.ts'
import { complaintsOf } from './type-check.ts'

const files = filesBelow('ecs').filter(path => path.endsWith('.json'))
const tasks = files.map((path): [string, RegisterTaskDefinitionCommandInput] => [
  path,
  JSON.parse(text(path)),
])
const literal = (title: string, value: unknown) => ({
  title,
  module: '@aws-sdk/client-ecs',
  type: 'RegisterTaskDefinitionCommandInput',
  value,
})

test('every task definition has the fields that ECS takes, and no others', () => {
  expect(files).toHaveLength(3)
  expect(complaintsOf(tasks.map(([path, task]) => literal(path, task)))).toEqual([])
})

test('a field that ECS does not know would be found', () => {
  const [[, task]] = tasks
  expect(complaintsOf([literal('a task', { ...task, memroy: '1' })])).toEqual([
    expect.stringContaining('memroy'),
  ])
})

test.each(tasks)('%s: containers fit into the task and are restricted', (_, task) => {
  const containers = task.containerDefinitions!
  const sum = (field: 'cpu' | 'memory') => containers.reduce((total, each) => total + each[field]!, 0)
  expect(sum('cpu')).toBeLessThanOrEqual(Number(task.cpu))
  expect(sum('memory')).toBeLessThanOrEqual(Number(task.memory))
  for (const container of containers) {
    expect(container).toMatchObject({ user: '10001:10001', readonlyRootFilesystem: true, privileged: false })
    expect(container.linuxParameters!.capabilities).toEqual({ drop: ['ALL'] })
  }
})

test.each(tasks)('%s: no secret stands in the environment, and the page stays inside the task', (_, task) => {
  for (const { environment, portMappings = [] } of task.containerDefinitions!) {
    const names = environment!.map(({ name }) => name)
    for (const secret of ['DATABASE_URL', 'REDIS_URL', 'CONTROL_PLANE_BOOTSTRAP_TOKEN'])
      expect(names).not.toContain(secret)
    const host = environment!.find(({ name }) => name === 'OTEL_EXPORTER_PROMETHEUS_HOST')?.value
    expect(host ?? '127.0.0.1').toBe('127.0.0.1')
    expect(portMappings.map(({ containerPort }) => containerPort)).not.toContain(9464)
  }
})

test.each(tasks)('%s: no check that has a task replaced asks the database', (_, { containerDefinitions }) => {
  const commands = containerDefinitions!.flatMap(({ healthCheck }) => healthCheck?.command?.join(' ') ?? [])
  expect(commands).toContain('CMD node /app/is-alive.mjs')
  expect(commands).not.toContain('CMD node /app/is-ready.mjs')
})

test('on machines of one’s own, containers of a task share segments on memory; Fargate has no such volume', () => {
  for (const [path, { volumes, requiresCompatibilities }] of tasks) {
    expect(requiresCompatibilities, path).toEqual([path.includes('fargate') ? 'FARGATE' : 'EC2'])
    expect(
      volumes?.map(each => each.dockerVolumeConfiguration?.driverOpts?.type),
      path,
    ).toEqual(path.includes('fargate') ? undefined : ['tmpfs'])
  }
})
