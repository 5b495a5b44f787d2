import { MAX_SEGMENT_BYTES } from '../segment/layout.ts'

/** What bounds a writer. Beyond a limit nothing is lost: it is counted together, or cut, and a metric says so. */
export interface Limits {
  /** Series an instrument may have, the overflow series included. */
  readonly cardinality: number
  /** UTF-16 units of a text attribute's value. */
  readonly attributeValueLength: number
  /** Bytes of one thread's segment. */
  readonly segmentBytes: number
}

export interface LimitOptions {
  /**
   * Series an instrument may have in one thread, and over all of them, the overflow series included. Default:
   * `TUTTI_CARDINALITY_LIMIT`, else 2,000 (OpenTelemetry metrics SDK, cardinality limits).
   */
  cardinalityLimit?: number
  /**
   * Longer texts are cut, in UTF-16 units (OpenTelemetry common specification, attribute limits). Default:
   * `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`, else 1,024.
   */
  attributeValueLengthLimit?: number
  /**
   * Bytes that this thread's segment may have; series that would make it larger are counted together. Default:
   * `TUTTI_SEGMENT_BYTES_LIMIT`, else 256 MiB; at most 768 MiB.
   */
  segmentBytesLimit?: number
}

const DEFAULT: Limits = { cardinality: 2_000, attributeValueLength: 1_024, segmentBytes: 1 << 28 }
/** Definitions and overflow series still get in above the limit, and a reader believes no longer file than this. */
const MAX_LIMIT_BYTES = (MAX_SEGMENT_BYTES / 4) * 3

/** What the options say, else the environment, else the default. What is no limit is ignored, with one line. */
export function limitsOf(
  options: LimitOptions,
  env: NodeJS.ProcessEnv,
  warn: (line: string) => void,
): Limits {
  const limit = (given: number | undefined, variable: string, otherwise: number, lowest: number) => {
    if (given !== undefined) {
      if (given === Number.POSITIVE_INFINITY) return Number.MAX_SAFE_INTEGER
      return Number.isFinite(given) ? Math.max(lowest, Math.floor(given)) : otherwise
    }
    const text = env[variable]?.trim()
    if (!text) return otherwise
    if (/^\d{1,15}$/.test(text) && Number(text) >= lowest) return Number(text)
    warn(`${variable}="${text}" is ignored: it must be a whole number from ${lowest}; ${otherwise} is used.`)
    return otherwise
  }
  const { cardinalityLimit, attributeValueLengthLimit, segmentBytesLimit } = options
  const bytes = limit(segmentBytesLimit, 'TUTTI_SEGMENT_BYTES_LIMIT', DEFAULT.segmentBytes, 0)
  return {
    // One series, and the overflow series.
    cardinality: limit(cardinalityLimit, 'TUTTI_CARDINALITY_LIMIT', DEFAULT.cardinality, 2),
    attributeValueLength: limit(
      attributeValueLengthLimit,
      'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT',
      DEFAULT.attributeValueLength,
      0,
    ),
    segmentBytes: Math.min(bytes, MAX_LIMIT_BYTES),
  }
}
