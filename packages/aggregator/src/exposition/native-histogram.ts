import type { ExponentialHistogram } from '@opentelemetry/sdk-metrics'

/** The buckets of one sign, as Prometheus' native histograms have them. */
export interface NativeBuckets {
  /** Runs of consecutive buckets: how far behind the end of the run before, and how long. */
  readonly spans: readonly { readonly offset: number; readonly length: number }[]
  /** Counts, each as the difference to the one before. */
  readonly deltas: readonly number[]
}

export interface NativeHistogram {
  readonly schema: number
  readonly zeroThreshold: number
  readonly positive: NativeBuckets
  readonly negative: NativeBuckets
}

const MAX_SCHEMA = 8
const MIN_SCHEMA = -4
/** Where OpenTelemetry gives none (Prometheus compatibility, exponential histograms). */
const DEFAULT_ZERO_THRESHOLD = 1e-128

/**
 * An exponential histogram as a native one: its scale is the schema, reduced to at most 8. Undefined when the
 * buckets are wider than Prometheus knows (OpenTelemetry: such a histogram is dropped).
 */
export function toNativeHistogram(histogram: ExponentialHistogram): NativeHistogram | undefined {
  const { scale, positive, negative } = histogram
  if (scale < MIN_SCHEMA) return undefined
  const reduction = Math.max(0, scale - MAX_SCHEMA)
  return {
    schema: scale - reduction,
    zeroThreshold: DEFAULT_ZERO_THRESHOLD,
    positive: toNativeBuckets(positive, reduction),
    negative: toNativeBuckets(negative, reduction),
  }
}

/** Prometheus counts buckets by their upper bound, OpenTelemetry by their lower one: the index is one higher. */
function toNativeBuckets(
  { offset, bucketCounts }: ExponentialHistogram['positive'],
  reduction: number,
): NativeBuckets {
  const counts = new Map<number, number>()
  bucketCounts.forEach((count, place) => {
    const index = Math.floor((offset + place) / 2 ** reduction) + 1
    if (count > 0) counts.set(index, (counts.get(index) ?? 0) + count)
  })
  const spans: { offset: number; length: number }[] = []
  const deltas: number[] = []
  let next = 0
  let before = 0
  for (const [index, count] of counts) {
    const span = spans.at(-1)
    if (span !== undefined && index === next) span.length++
    else spans.push({ offset: index - next, length: 1 })
    deltas.push(count - before)
    next = index + 1
    before = count
  }
  return { spans, deltas }
}
