/** The OpenTelemetry specification's default boundaries, given to every peer. */
export const boundaries: number[] = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000]

/** The bucket that a value belongs to; the last one has no upper boundary. */
export function bucketOf(value: number): number {
  const bucket = boundaries.findIndex(boundary => value <= boundary)
  return bucket === -1 ? boundaries.length : bucket
}
