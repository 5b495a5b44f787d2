import { type Octave, octaveOf } from './octave.ts'

const FLOAT = new Float64Array(1)
const WORDS = new Int32Array(FLOAT.buffer)
const EXPONENT_BIAS = 1023
const MANTISSA_HIGH_BITS = 20
const MANTISSA_HIGH = 0xf_ffff
const SMALLEST_NORMAL = 2 ** -1022
const SUBNORMAL_SHIFT = 52
/** The upper half of the number 1, whose mantissa is zero. */
const ONE_HIGH = EXPONENT_BIAS << MANTISSA_HIGH_BITS

/**
 * The index of a positive value's bucket: bucket i holds the values in (base^i, base^(i+1)], where base is
 * 2^(2^-scale) (OpenTelemetry data model, ExponentialHistogram).
 */
export function exponentialIndex(value: number, scale: number): number {
  let shift = 0
  FLOAT[0] = value
  if (value < SMALLEST_NORMAL) {
    // Subnormal numbers have no exponent of their own: they are looked at 52 powers of two higher.
    shift = SUBNORMAL_SHIFT
    FLOAT[0] = value * 2 ** SUBNORMAL_SHIFT
  }
  const high = WORDS[1]
  const exponent = (high >> MANTISSA_HIGH_BITS) - EXPONENT_BIAS - shift
  const mantissaHigh = high & MANTISSA_HIGH
  // A power of two is the upper bound of its bucket, exactly; logarithms are not exact enough to say so.
  const isPowerOfTwo = (mantissaHigh | WORDS[0]) === 0
  if (scale <= 0) return (isPowerOfTwo ? exponent - 1 : exponent) >> -scale
  const octave = octaveOf(scale)
  if (octave === undefined) return logarithmicIndex(value, scale, exponent, isPowerOfTwo)
  if (isPowerOfTwo) return exponent * octave.steps - 1
  WORDS[1] = ONE_HIGH | mantissaHigh
  return exponent * octave.steps + bucketWithin(octave, mantissaHigh, FLOAT[0])
}

/** @param mantissa from 1 to 2; `high` is the upper 20 bits of its fraction. */
function bucketWithin(
  { firstBuckets, upperBounds, sliceShift }: Octave,
  high: number,
  mantissa: number,
): number {
  let bucket = firstBuckets[high >> sliceShift]
  // A slice is narrower than two buckets.
  while (mantissa > upperBounds[bucket]) bucket++
  return bucket
}

/** For scales so fine that values differ by less than a thousandth. */
function logarithmicIndex(value: number, scale: number, exponent: number, isPowerOfTwo: boolean): number {
  const steps = 2 ** scale
  if (isPowerOfTwo) return exponent * steps - 1
  const index = Math.ceil(Math.log2(value) * steps) - 1
  // Between two powers of two there are exactly `steps` buckets, whatever the logarithm's last digit says.
  return Math.min(Math.max(index, exponent * steps), (exponent + 1) * steps - 1)
}
