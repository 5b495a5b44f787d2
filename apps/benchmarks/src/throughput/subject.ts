import type { Contestant } from '../service/contestants.ts'
import { startService } from '../service/service.ts'
import { type Backing, startControlPlane } from './control-plane.ts'

/** A server under load. */
export interface Subject {
  url: string
  headers: Readonly<Record<string, string>>
  pageUrl: string | undefined
  /** All processes that answer. */
  pids: readonly number[]
  stop(): Promise<void>
}

export interface Workload {
  title: string
  /** The least that is wanted of what the bare service answers. */
  aim: number
  start(contestant: Contestant, node: string, core: number | undefined): Promise<Subject>
}

/** @param backing the PostgreSQL and Redis of the control plane. */
export function workloads(backing: Backing): Workload[] {
  const hello = (name: 'http' | 'fastify'): Workload => ({
    title: `hello world, ${name}`,
    aim: 0.93,
    start: async (contestant, node, core) => {
      const service = await startService({ node, name, contestant, core })
      return { ...service, headers: {}, pids: [service.pid] }
    },
  })
  const controlPlane = (title: string, path: string): Workload => ({
    title: `control plane, ${title}`,
    aim: 0.97,
    start: (contestant, node, core) => startControlPlane({ contestant, node, core, backing, path }),
  })
  return [
    hello('http'),
    hello('fastify'),
    controlPlane('one deployment (Redis)', 'one'),
    controlPlane('a list of 20 (PostgreSQL)', 'list'),
  ]
}
