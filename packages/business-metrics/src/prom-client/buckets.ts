/** `count` bounds, `width` apart. @throws {Error} when there would be none. */
export function linearBuckets(start: number, width: number, count: number): number[] {
  if (count < 1) throw new Error('Linear buckets needs a positive count')
  return Array.from({ length: count }, (_, index) => start + index * width)
}

/** `count` bounds, each `factor` times the one before. @throws {Error} when they would not grow. */
export function exponentialBuckets(start: number, factor: number, count: number): number[] {
  if (start <= 0) throw new Error('Exponential buckets needs a positive start')
  if (count < 1) throw new Error('Exponential buckets needs a positive count')
  if (factor <= 1) throw new Error('Exponential buckets needs a factor greater than 1')
  const buckets: number[] = []
  for (let bound = start; buckets.length < count; bound *= factor) buckets.push(bound)
  return buckets
}
