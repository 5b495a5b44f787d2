import type { Page } from '../page/page.ts'

/** A page, and when it was read. */
export interface PageAt {
  /** By a clock that is never set: only differences mean something. */
  readonly timeMs: number
  readonly page: Page
}
