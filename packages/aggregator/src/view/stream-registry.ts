import { comparedName, isOnPage, type StreamDefinition, streamIdentity } from '../segment/stream.ts'
import { describeConflict, describeDescriptions } from './conflict.ts'
import type { StreamConfiguration } from './streams.ts'

/** What holds the series of a stream. */
export interface Describable {
  /** Takes the place of the description that it was defined with. */
  describe(description: string): void
}

interface Registered extends StreamConfiguration {
  definition: StreamDefinition
  readonly table: Describable
}

/**
 * The streams of one meter. A stream that several instruments or views lead to is one, and a measurement that
 * reaches it twice is recorded once. Different streams of one name are kept apart, and a warning tells how to
 * resolve it (OpenTelemetry metrics SDK, duplicate instrument registration and measurement processing).
 */
export class StreamRegistry {
  readonly #byName: Map<string, Registered[]> = new Map()
  readonly #warn: (line: string) => void

  constructor(warn: (line: string) => void) {
    this.#warn = warn
  }

  /** The tables of these streams, each once: those that are there already, and new ones that `make` makes. */
  tables<Table extends Describable>(
    streams: readonly StreamConfiguration[],
    make: (stream: StreamConfiguration) => Table,
  ): Table[] {
    return [...new Set(streams.map(stream => this.#table(stream, make)))]
  }

  /** Streams that are there already are given again, with other descriptions. */
  describe(streams: readonly StreamConfiguration[]): void {
    for (const stream of streams) {
      const registered = this.#find(stream)
      if (registered !== undefined) this.#describe(registered, stream.definition)
    }
  }

  #table<Table extends Describable>(
    stream: StreamConfiguration,
    make: (stream: StreamConfiguration) => Table,
  ): Table {
    const same = this.#find(stream)
    if (same !== undefined) {
      this.#describe(same, stream.definition)
      // The same definition, its instrument's kind included, so it was made by the same caller.
      return same.table as Table
    }
    const name = comparedName(stream.definition)
    const others = this.#byName.get(name) ?? []
    // What a reader chose is no conflict: it stands beside the default stream, which is warned of if it is one.
    const rival = others.find(({ definition }) => isOnPage(definition))
    if (rival !== undefined && isOnPage(stream.definition)) this.#warn(describeConflict(rival, stream))
    const configuration = { ...stream, definition: apart(stream.definition, others) }
    const table = make(configuration)
    this.#byName.set(name, [...others, { ...configuration, table }])
    return table
  }

  #find(stream: StreamConfiguration): Registered | undefined {
    return this.#byName.get(comparedName(stream.definition))?.find(each => isSame(each, stream))
  }

  /** Of two descriptions the longer one is taken (OpenTelemetry data model, producer recommendations). */
  #describe(registered: Registered, { description }: StreamDefinition): void {
    const before = registered.definition.description
    if (description === before) return
    this.#warn(describeDescriptions(registered.definition, description))
    if (description.length <= before.length) return
    registered.definition = { ...registered.definition, description }
    registered.table.describe(description)
  }
}

function isSame(one: StreamConfiguration, other: StreamConfiguration): boolean {
  return plainIdentity(one.definition) === plainIdentity(other.definition) && sameProcessors(one, other)
}

function sameProcessors(
  { processors: one = [] }: StreamConfiguration,
  { processors: other = [] }: StreamConfiguration,
): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index])
}

/** Streams that differ in nothing but what no definition says are numbered, so that no reader adds them up. */
function apart(definition: StreamDefinition, others: readonly Registered[]): StreamDefinition {
  const alike = others.filter(each => plainIdentity(each.definition) === plainIdentity(definition)).length
  return alike === 0 ? definition : { ...definition, variant: alike }
}

function plainIdentity(definition: StreamDefinition): string {
  const { variant: _, ...rest } = definition
  return streamIdentity({ ...rest, name: comparedName(definition) })
}
