/** What one client, or all of them, may take. */
export interface Limits {
  /** Prometheus, a sidecar, some people: nobody needs more. */
  readonly maxConnections: number
  /** From the connection to the end of its first request's headers, TLS handshake included. */
  readonly requestTimeoutMs: number
  /** A client that takes longer to read its page is cut off. */
  readonly responseTimeoutMs: number
  /** Between scrapes; longer than Prometheus' usual minute, so that its connection serves again. */
  readonly idleTimeoutMs: number
  readonly maxHeaderBytes: number
  readonly maxUrlLength: number
}

export const LIMITS: Limits = {
  maxConnections: 256,
  requestTimeoutMs: 10_000,
  responseTimeoutMs: 30_000,
  idleTimeoutMs: 90_000,
  maxHeaderBytes: 16_384,
  maxUrlLength: 2_048,
}
