const FLOAT = new Float64Array(1)
const WORDS = new Int32Array(FLOAT.buffer)
const EXPONENT_BIAS = 1023
const MANTISSA_HIGH_BITS = 20
const MANTISSA_HIGH = 0xf_ffff
const SMALLEST_NORMAL = 2 ** -1022

/**
 * The index of a positive value's bucket: bucket i holds the values in (base^i, base^(i+1)], where base is
 * 2^(2^-scale) (OpenTelemetry data model, ExponentialHistogram).
 */
export function exponentialIndex(value: number, scale: number): number {
  // Subnormal numbers have no exponent of their own: they are looked at 52 powers of two higher.
  const shift = value < SMALLEST_NORMAL ? 52 : 0
  FLOAT[0] = value * 2 ** shift
  const exponent = (WORDS[1] >> MANTISSA_HIGH_BITS) - EXPONENT_BIAS - shift
  const isPowerOfTwo = ((WORDS[1] & MANTISSA_HIGH) | WORDS[0]) === 0
  // A power of two is the upper bound of its bucket, exactly; logarithms are not exact enough to say so.
  const upper = isPowerOfTwo ? exponent - 1 : exponent
  if (scale <= 0) return upper >> -scale
  const steps = 2 ** scale
  if (isPowerOfTwo) return exponent * steps - 1
  const index = Math.ceil(Math.log2(value) * steps) - 1
  // Between two powers of two there are exactly `steps` buckets, whatever the logarithm's last digit says.
  return Math.min(Math.max(index, exponent * steps), (exponent + 1) * steps - 1)
}
