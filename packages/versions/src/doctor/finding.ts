import type { Code } from './codes.ts'

/** As SARIF has them. `error`: metrics are lost or wrong. `warning`: some are, or will be. `note`: worth knowing. */
export type Severity = 'error' | 'warning' | 'note'

/** Where something is written. */
export interface Place {
  /** An absolute path. */
  readonly file: string
  /** From 1. */
  readonly line: number
}

/** Text that takes the place of other text. */
export interface Edit {
  /** An absolute path. */
  readonly file: string
  /** In UTF-16 units, from the beginning of the file. */
  readonly offset: number
  readonly length: number
  readonly text: string
}

/** Something that is amiss with a service. */
export interface Finding extends Place {
  readonly code: Code
  readonly severity: Severity
  /** What is wrong here, one sentence. */
  readonly what: string
  /** What comes of it, one sentence. */
  readonly why: string
  /** What to do about it. */
  readonly mend: string
  /** Given where the mend is safe: nothing else changes by it. */
  readonly fix?: readonly Edit[]
}
