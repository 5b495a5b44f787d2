import { join } from 'node:path'
import type { Resource } from '@opentelemetry/resources'
import type { IMetricReader } from '@opentelemetry/sdk-metrics'
import { electionFor } from '../directory/election.ts'
import { EXPORTED_PREFIX, PUSH_LOCK } from '../directory/files.ts'
import type { Aggregation } from '../segment/aggregation.ts'
import type { InstrumentKind } from '../segment/stream.ts'
import type { Collector } from './collector.ts'
import type { MergedDirectory } from './merged-directory.ts'
import { isPushReader } from './push-reader.ts'
import { Pushing } from './pushing.ts'
import { Selection } from './selection.ts'

/** What readers need of their provider. */
export interface ConnectOptions {
  readonly directory: string
  readonly resource: Pick<Resource, 'attributes'> | undefined
  readonly cardinalityLimit: number
  readonly observe: (timeoutMs: number, isAwaited: boolean) => Promise<unknown[]>
  readonly now: () => number
  readonly warn: (line: string) => void
}

/** Waits at most so long, where the reader knows such an option. */
export interface WaitOptions {
  readonly timeoutMillis?: number
}

/** What readers choose for a kind of instrument. */
export interface ReaderChoices {
  /** Instead of the default aggregation. */
  aggregations(kind: InstrumentKind): readonly Aggregation[]
  /** Series to be recorded: the provider's limit, or more if a reader asks for more. */
  cardinalityLimit(kind: InstrumentKind): number
}

/** The readers of one provider. They reject with the readers' own errors, as the SDK's provider does. */
export interface ConnectedReaders {
  readonly choices: ReaderChoices
  forceFlush(options?: WaitOptions): Promise<void>
  shutdown(options?: WaitOptions): Promise<void>
}

/**
 * Gives each reader its `MetricProducer`. The SDK, and everything that reads, is loaded with the first collection: the
 * readers' own copy of it is not necessarily ours.
 */
export function connectReaders(readers: readonly IMetricReader[], options: ConnectOptions): ConnectedReaders {
  const { directory, warn } = options
  const election = electionFor(join(directory, PUSH_LOCK), options.now)
  let merged: MergedDirectory | undefined
  let isEnded = false
  const pushings: Pushing[] = []
  const selections: Selection[] = []
  let waiting = 0
  const recordedLimit = (kind: InstrumentKind) =>
    Math.max(options.cardinalityLimit, ...selections.map(selection => selection.limitOf(kind) ?? 0))
  const source = { ...options, recordedLimit, isAwaited: () => waiting > 0 }

  const connected = readers.filter(reader => {
    const path = join(directory, EXPORTED_PREFIX + pushings.length)
    const pushing = isPushReader(reader) ? new Pushing(reader, election, path, warn) : undefined
    const selection = new Selection(reader, warn)
    let collector: Promise<Collector> | undefined
    const load = async () => {
      const { MergedDirectory } = await import('./merged-directory.ts')
      const { createCollector } = await import('./collector.ts')
      merged ??= new MergedDirectory(directory, warn)
      if (isEnded) merged.close()
      return createCollector(reader, { ...source, directory: merged }, options.resource, selection, pushing)
    }
    try {
      reader.setMetricProducer({
        collect: async wait => {
          collector ??= load()
          return (await collector).collect(wait)
        },
      })
    } catch (error) {
      const why = (error as Error).message.replace(/\.$/, '')
      warn(`a reader is left out: ${why}. Give every provider readers of its own.`)
      return false
    }
    selections.push(selection)
    if (pushing !== undefined) pushings.push(pushing)
    return true
  })

  const all = async (each: (reader: IMetricReader) => Promise<void>) => {
    waiting++
    const results = await Promise.allSettled(connected.map(async reader => each(reader)))
    waiting--
    const failed = results.find(result => result.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }
  return {
    choices: {
      aggregations: kind => selections.flatMap(selection => selection.aggregationOf(kind) ?? []),
      cardinalityLimit: recordedLimit,
    },
    forceFlush: wait => all(reader => reader.forceFlush(wait)),
    shutdown: async wait => {
      try {
        await all(reader => reader.shutdown(wait))
      } finally {
        for (const pushing of pushings) pushing.end()
        election.resign()
        isEnded = true
        merged?.close()
      }
    },
  }
}
