/** The OpenTelemetry specification's default boundaries, given to every peer. */
export const boundaries: number[] = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000]
