/** A variable that the preload, or what it starts, reads. */
export interface Variable {
  readonly name: string
  /** What it may be set to. */
  readonly values: string
  /** What holds when it is not set, as it would be written. */
  readonly default: string
  readonly meaning: string
  /** Given where upstream's `auto-instrumentations-node/register` does otherwise when it is not set. */
  readonly upstream?: { readonly default: string; readonly why: string }
  /** Without this it has no effect. */
  readonly needs?: 'page' | 'otlp' | 'push'
  /** Its value can not hold a secret: only such values are ever printed. */
  readonly isPublic?: true
}
