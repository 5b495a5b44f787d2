import type { ChildProcess } from 'node:child_process'
import cluster from 'node:cluster'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { boundaries } from '../boundaries.ts'
import type { PromClient } from '../prom-client-api.ts'
import { askMember, stopMember } from './ask-member.ts'
import type { Fleet } from './fleet.ts'
import { type FleetSize, histogramName, labelsOf } from './series.ts'

/** As both libraries' own cluster example does it: the primary asks the workers, aggregates and answers. */
export async function startPromClientFleet(
  peer: string,
  client: PromClient,
  size: FleetSize,
): Promise<Fleet> {
  const registry = new client.AggregatorRegistry()
  const server = createServer(async (_request, response) => {
    try {
      const page = await registry.clusterMetrics()
      response.setHeader('content-type', registry.contentType)
      response.end(page)
    } catch (error) {
      response.statusCode = 500
      response.end(String(error))
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const members = startMembers(peer, size)

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    async record(round) {
      await Promise.all(members.map(member => askMember(member, 'record', round)))
    },
    async stop() {
      await Promise.all(members.map(stopMember))
      server.closeAllConnections()
      server.close()
    },
  }
}

function startMembers(peer: string, size: FleetSize): ChildProcess[] {
  const exec = fileURLToPath(new URL('./member.mjs', import.meta.url))
  return Array.from({ length: size.members }, (_, member) => {
    cluster.setupPrimary({ exec, args: [peer, String(member), String(size.series)] })
    return cluster.fork().process
  })
}

export function startPromClientMember(
  client: PromClient,
  seriesCount: number,
): (value: number, series: number) => void {
  // Its constructor is what makes a worker answer the primary.
  new client.AggregatorRegistry()
  const histogram = new client.Histogram({
    name: histogramName,
    help: 'What the benchmark records.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: boundaries,
  })
  const labels = Array.from({ length: seriesCount }, (_, series) => ({ ...labelsOf(series) }))
  return (value, series) => histogram.observe(labels[series], value)
}
