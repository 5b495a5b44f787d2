import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { SharedMeterProvider, startExposer } from '@tutti/aggregator'
import { boundaries } from '../boundaries.ts'
import { makeTemporaryDirectory } from '../processes/temporary-directory.ts'
import { askMember, killMember, stopMember } from './ask-member.ts'
import type { Fleet } from './fleet.ts'
import { type FleetSize, histogramName, labelsOf } from './series.ts'

export async function startTuttiFleet({ members: count, series }: FleetSize): Promise<Fleet> {
  const directory = makeTemporaryDirectory()
  const exposer = await startExposer({ directory, port: 0 })
  const forkAll = () => Array.from({ length: count }, (_, member) => forkMember(directory, member, series))
  let members = forkAll()
  let primary: SharedMeterProvider | undefined

  return {
    url: exposer.url,
    async record(round) {
      await Promise.all(members.map(member => askMember(member, 'record', round)))
    },
    async renew() {
      // In a cluster the primary is a writer, too: with nobody alive the next one would begin a new run.
      primary ??= new SharedMeterProvider({ directory })
      await Promise.all(members.map(killMember))
      members = forkAll()
    },
    async stop() {
      await Promise.all(members.map(stopMember))
      await primary?.shutdown()
      await exposer.close()
    },
  }
}

function forkMember(directory: string, member: number, series: number): ChildProcess {
  const file = fileURLToPath(new URL('./member.mjs', import.meta.url))
  return fork(file, ['tutti', String(member), String(series)], {
    env: { ...process.env, TUTTI_DIR: directory },
  })
}

/** The limit leaves room for the benchmark's series; the default would count those above 2,000 as overflow. */
export function startTuttiMember(seriesCount: number): (value: number, series: number) => void {
  const provider = new SharedMeterProvider({
    directory: process.env.TUTTI_DIR!,
    cardinalityLimit: 2 * seriesCount,
  })
  const histogram = provider.getMeter('bench').createHistogram(histogramName, {
    description: 'What the benchmark records.',
    advice: { explicitBucketBoundaries: boundaries },
  })
  const attributes = Array.from({ length: seriesCount }, (_, series) => ({ ...labelsOf(series) }))
  return (value, series) => histogram.record(value, attributes[series])
}
