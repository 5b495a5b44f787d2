/** A segment or ledger, as far as it can be read. Everything says where it stands. */
export interface DecodedFile {
  readonly path: string
  readonly bytes: number
  readonly role: 'segment' | 'ledger' | 'no segment'
  readonly header: readonly Field[]
  readonly chunks: readonly DecodedChunk[]
  readonly entries: readonly DecodedEntry[]
  /** Entries beyond those that were asked for. */
  readonly moreEntries: number
  readonly problems: readonly string[]
}

/** Some bytes that belong together, in the words of segment/layout.ts. */
export interface Field {
  readonly name: string
  readonly offset: number
  /** Hexadecimal; of a long text the first bytes. */
  readonly hex: string
  readonly value: string
  /** What the value means. */
  readonly meaning: string
}

export interface DecodedChunk {
  readonly row: number
  readonly kind: 'entries' | 'cells' | 'unknown'
  readonly offset: number
  readonly bytes: number
  readonly fields: readonly Field[]
}

export interface DecodedEntry {
  readonly kind: string
  readonly offset: number
  readonly bytes: number
  /** The instrument's name. */
  readonly instrument: string | undefined
  /** What it says: attributes, a definition, an id. */
  readonly text: string
  readonly fields: readonly Field[]
  /** Of a series or of exemplars. */
  readonly cells: readonly Field[]
}
