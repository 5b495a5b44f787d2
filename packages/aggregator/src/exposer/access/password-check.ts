import { setTimeout as sleep } from 'node:timers/promises'
import { digest, isSameSecret } from './same-secret.ts'

export type Compare = (password: string, hash: string) => Promise<boolean>

/** How many checks one address may have waiting: nobody keeps others from having theirs. */
const MAX_WAITING_PER_ADDRESS = 4
const MAX_VERIFIED = 128
/** Comparisons take a fourth of the time: scrapes come in between. */
const REST_RATIO = 3

/**
 * Compares passwords with their bcrypt hashes, one after the other. Who was right once is known again at once, so
 * a scrape costs no 60 ms; what was wrong is not remembered, so that nobody can crowd out those who were right.
 */
export class PasswordCheck {
  readonly #compare: Compare
  readonly #verified: Set<string> = new Set()
  readonly #waiting: Map<string, number> = new Map()
  #last: Promise<unknown> = Promise.resolve()

  constructor(compare: Compare) {
    this.#compare = compare
  }

  /** `busy` when too many checks of this address are waiting. */
  async check(
    users: ReadonlyMap<string, string>,
    { user, password }: { user: string; password: string },
    address: string,
  ): Promise<boolean | 'busy'> {
    const known = [...users].filter(([name]) => isSameSecret(name, user))
    // An unknown user takes as long as a known one.
    const hash = known[0]?.[1] ?? decoyFor(users)
    const key = digest(user, hash, password).toString('base64')
    if (this.#verified.has(key)) return true
    const waiting = this.#waiting.get(address) ?? 0
    if (waiting >= MAX_WAITING_PER_ADDRESS) return 'busy'

    this.#waiting.set(address, waiting + 1)
    try {
      const isRight = (await this.#inTurn(() => this.#compare(password, hash))) && known.length > 0
      if (isRight) this.#remember(key)
      return isRight
    } finally {
      const left = this.#waiting.get(address)! - 1
      if (left === 0) this.#waiting.delete(address)
      else this.#waiting.set(address, left)
    }
  }

  /** Between two turns there is a rest, so that whoever guesses takes a part of the thread and not all of it. */
  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    let startMs = 0
    const turn = this.#last.then(() => {
      startMs = performance.now()
      return step()
    })
    const rest = () => sleep(REST_RATIO * (performance.now() - startMs), undefined, { ref: false })
    this.#last = turn.then(rest, rest)
    return turn
  }

  #remember(key: string): void {
    if (this.#verified.size >= MAX_VERIFIED) this.#verified.clear()
    this.#verified.add(key)
  }
}

/** A hash of nothing that costs what the dearest of the users' costs. */
function decoyFor(users: ReadonlyMap<string, string>): string {
  const costs = [...users.values()].map(hash => /\$(\d\d)\$/.exec(hash)?.[1] ?? '10')
  const [dearest] = costs.sort().reverse()
  return `$2b$${dearest}$${'.'.repeat(53)}`
}
