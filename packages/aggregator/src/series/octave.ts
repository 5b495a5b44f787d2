/** The buckets between a power of two and the next one, at one scale; each octave has the same. */
export interface Octave {
  /** How many buckets: two to the power of the scale. */
  readonly steps: number
  /** Of each bucket, relative to the octave's beginning: from above 1 to 2. */
  readonly upperBounds: Float64Array
  /** The octave in as many slices of one width: the bucket in which each begins. */
  readonly firstBuckets: Uint16Array
  /** What of the upper 20 bits of a fraction is not the number of its slice. */
  readonly sliceShift: number
}

const HIGH_BITS = 20
/** 1,024 buckets an octave, 10 kB. Finer ones are for values that differ by less than a thousandth. */
const MAX_SCALE_WITH_TABLE = 10

const octaves: Octave[] = []

/**
 * The table of a scale from 1, so that a bucket is found without a logarithm, at a third of the time; undefined where
 * it would be too large. Made when a scale is first used, for all series of the process.
 */
export function octaveOf(scale: number): Octave | undefined {
  if (scale > MAX_SCALE_WITH_TABLE) return undefined
  while (octaves.length <= scale) octaves.push(makeOctave(octaves.length))
  return octaves[scale]
}

function makeOctave(scale: number): Octave {
  const steps = 2 ** scale
  // The same quotient, and so the same bound, at every scale: reducing the scale moves no value to another bucket.
  const upperBounds = Float64Array.from({ length: steps }, (_, bucket) => 2 ** ((bucket + 1) / steps))
  const firstBuckets = Uint16Array.from({ length: steps }, (_, slice) =>
    upperBounds.findIndex(bound => 1 + slice / steps < bound),
  )
  return { steps, upperBounds, firstBuckets, sliceShift: HIGH_BITS - scale }
}
