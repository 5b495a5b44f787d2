import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { SharedMeterProvider, startExposer } from '@tutti/aggregator'
import { boundaries } from '../boundaries.ts'
import { makeTemporaryDirectory } from '../processes/temporary-directory.ts'
import { askMember, stopMember } from './ask-member.ts'
import type { Fleet } from './fleet.ts'
import { histogramName, labelsOf, memberCount, seriesCount } from './series.ts'

export async function startTuttiFleet(): Promise<Fleet> {
  const directory = makeTemporaryDirectory()
  const exposer = await startExposer({ directory, port: 0 })
  const members = Array.from({ length: memberCount }, (_, member) => forkMember(directory, member))

  return {
    url: exposer.url,
    async record(round) {
      await Promise.all(members.map(member => askMember(member, 'record', round)))
    },
    async stop() {
      await Promise.all(members.map(stopMember))
      await exposer.close()
    },
  }
}

function forkMember(directory: string, member: number): ChildProcess {
  const file = fileURLToPath(new URL('./member.mjs', import.meta.url))
  return fork(file, ['tutti', String(member)], { env: { ...process.env, TUTTI_DIR: directory } })
}

/** The limit leaves room for the benchmark's 5,000 series; the default would count the rest as overflow. */
export function startTuttiMember(): (value: number, series: number) => void {
  const provider = new SharedMeterProvider({ directory: process.env.TUTTI_DIR!, cardinalityLimit: 10_000 })
  const histogram = provider.getMeter('bench').createHistogram(histogramName, {
    description: 'What the benchmark records.',
    advice: { explicitBucketBoundaries: boundaries },
  })
  const attributes = Array.from({ length: seriesCount }, (_, series) => ({ ...labelsOf(series) }))
  return (value, series) => histogram.record(value, attributes[series])
}
