import type { Context } from '@opentelemetry/api'
import type { Measuring } from '../series/measuring.ts'

/** Measures with a context that the caller gave instead of the active one: only exemplars look at it. */
export function withContext({ exemplars }: Measuring, given: Context, measure: () => void): void {
  if (exemplars === undefined) return measure()
  exemplars.given = given
  try {
    measure()
  } finally {
    exemplars.given = undefined
  }
}
