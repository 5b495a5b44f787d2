/** The part of the package that is used here; it has no declarations of its own. */
declare module 'tdigest' {
  export class TDigest {
    push(value: number): void
    /** Undefined: nothing has been pushed. */
    percentile(quantile: number): number | undefined
    compress(): void
    /** Of centroids. */
    size(): number
    reset(): void
  }
}
