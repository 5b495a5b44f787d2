import type { WriterFigures } from '@tutti/aggregator/inspect'
import { type Answer, ask } from '../../source/fetch-page.ts'
import type { Writers } from './writers.ts'

/** From `/-/workers` of the endpoint that has the page, which answers where the console is on. */
export class EndpointWriters implements Writers {
  readonly #url: URL
  readonly #token: string | undefined
  #isThere = true

  constructor(page: string, token: string | undefined) {
    this.#url = new URL('/-/workers', page)
    this.#token = token
  }

  async read(): Promise<Map<number, WriterFigures>> {
    const none = new Map<number, WriterFigures>()
    if (!this.#isThere) return none
    let answer: Answer
    try {
      answer = await ask(this.#url, 'application/json', this.#token)
    } catch {
      // Whoever reads the page says that nobody answers.
      return none
    }
    // Limited, or without a directory at this moment: it is there, and told another time.
    if (answer.status === 429 || answer.status === 503) return none
    const figures = answer.status === 200 ? parse(answer.body) : undefined
    this.#isThere = figures !== undefined
    return figures ?? none
  }

  close(): void {}
}

/** What is counted of a writer that is no more is null. */
interface Told {
  readonly worker: number
  readonly pid: number
  readonly threadId: number
  readonly requests: number | null
  readonly errors: number | null
}

/** Undefined: it is something else's answer, since anything may be at that path of an app that has the page itself. */
function parse(body: string): Map<number, WriterFigures> | undefined {
  try {
    const { workers } = JSON.parse(body) as { workers: readonly Told[] }
    return new Map(
      workers.flatMap(({ worker, pid, threadId, requests, errors }) =>
        requests === null || errors === null ? [] : [[worker, { pid, threadId, requests, errors }]],
      ),
    )
  } catch {
    return undefined
  }
}
