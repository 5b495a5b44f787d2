/** Why a request or a connection was not served: the values of a metric's label. */
export type Reason =
  | 'body'
  | 'busy'
  | 'client_certificate'
  | 'crowded'
  | 'header_too_large'
  | 'long_url'
  | 'malformed'
  | 'method'
  | 'no_credentials'
  | 'pipelined'
  | 'rate_limit'
  | 'slow_reader'
  | 'slow_request'
  | 'tls'
  | 'wrong_credentials'

/** Counts what was refused; says each reason once, with an example. */
export class Refusals {
  readonly counts: Map<Reason, number> = new Map()
  readonly #warn: (line: string) => void

  constructor(warn: (line: string) => void) {
    this.#warn = warn
  }

  /** @param why continues a sentence; nothing that a client could have made up beyond a few characters. */
  count(reason: Reason, address: string | undefined, why: string): void {
    const count = (this.counts.get(reason) ?? 0) + 1
    this.counts.set(reason, count)
    if (count > 1) return
    const from = address ? ` of ${address}` : ''
    this.#warn(
      `a request${from} was refused: ${why}. Others like it are only counted, in ` +
        `tutti_rejected_requests_total{reason="${reason}"}.`,
    )
  }
}
