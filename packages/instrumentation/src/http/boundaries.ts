/** What the semantic conventions advise for the duration of HTTP requests. */
export const boundariesS: number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
]

/**
 * The conventions advise none for sizes, and the SDK's default, which ends at 10 kB, was made for milliseconds.
 * From nothing to 64 MiB, each four times the one before.
 */
export const boundariesBytes: number[] = [
  0, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
]
