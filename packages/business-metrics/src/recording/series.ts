import type { Attributes } from '@opentelemetry/api'

/** One series of the provider of now. */
export interface Handle {
  add(value: number): void
  record(value: number): void
  /** Another handle takes its place. */
  end?(): void
}

/** What is written to while there is no SDK. */
export const NOWHERE: Handle = { add() {}, record() {} }

/** One set of labels of one metric. It stays when the provider changes; its handle is then another one. */
export class Series {
  readonly attributes: Attributes
  handle: Handle = NOWHERE
  /** Of a gauge: what was said last; undefined before the first. */
  value: number | undefined = undefined

  constructor(attributes: Attributes) {
    this.attributes = attributes
  }
}
