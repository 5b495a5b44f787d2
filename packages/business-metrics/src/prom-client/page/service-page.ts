import type { MeterProvider } from '@opentelemetry/api'
import { join } from '../../shared/provider.ts'
import { MAX_ANSWER_MS } from '../../shared/pulse.ts'
import { type Follower, note, shared } from '../../shared/state.ts'
import { type PageMeter, type PageProvider, pageProviderOf, SCOPE } from './page-meter.ts'
import type { Publication } from './publication.ts'

/** `collect` is called at most once in this time, */
const MIN_INTERVAL_MS = 900
/** if it returns a promise (it asks somebody else, who should not be asked each second) in this time, */
const MIN_ASYNC_INTERVAL_MS = 10_000
/** and never takes more of the time than one part in so many. */
const BUSY_SHARE = 100

/**
 * The page of the whole service, where Tutti is. Without it nothing happens here: each process has its registries, as
 * with prom-client.
 */
class ServicePage implements Follower {
  #provider: PageProvider | undefined
  #meter: PageMeter | undefined
  #isJoined = false
  /** By name, weakly: who forgets a registry forgets its metrics. */
  readonly #publications: Map<string, WeakRef<Publication>> = new Map()
  /** Those that have not answered yet. */
  readonly #collecting: WeakSet<Publication> = new WeakSet()
  /** What each name stood for first. */
  readonly #signatures: Map<string, string> = new Map()

  /** Undefined: there is no Tutti in this process. */
  get provider(): PageProvider | undefined {
    this.#join()
    return this.#provider
  }

  follow(provider: MeterProvider | undefined): void {
    this.#provider = pageProviderOf(provider)
    this.#meter = this.#provider?.getMeter(SCOPE)
    for (const publication of this.#all()) publication.follow(this.#meter)
  }

  add(publication: Publication): void {
    this.#join()
    const { name, signature } = publication.published
    const other = this.#publications.get(name)?.deref()
    if (other !== undefined) return this.#refuse(name, 'another registry has a metric of this name')
    const known = this.#signatures.get(name)
    if (known !== undefined && known !== signature)
      return this.#refuse(
        name,
        'it was something else before (another type, other buckets, another aggregator)',
      )
    this.#publications.set(name, new WeakRef(publication))
    this.#signatures.set(name, signature)
    publication.dueMs = performance.now() + MIN_INTERVAL_MS
    publication.follow(this.#meter)
  }

  remove(publication: Publication): void {
    const { name } = publication.published
    if (this.#publications.get(name)?.deref() === publication) this.#publications.delete(name)
  }

  #join(): void {
    if (this.#isJoined) return
    this.#isJoined = true
    join(this)
    shared.observers.add(() => this.#observe())
  }

  #refuse(name: string, why: string): void {
    if (this.#meter === undefined) return
    shared.voice.once(
      `prom-client ${name}`,
      () =>
        `${name}: ${why}, so it is in its registry only and not on the service's page: give one of them another name.`,
    )
  }

  /** Calls every `collect` that is due; one that fails is counted and said once. */
  #observe(): Promise<unknown> | undefined {
    if (this.#meter === undefined) return undefined
    const pending: Promise<void>[] = []
    for (const publication of this.#all()) {
      const began = performance.now()
      if (began < publication.dueMs) continue
      const { name } = publication.published
      const fail = (error: unknown): void =>
        note('callback', name, () => `its collect function failed (${String(error)}).`)
      if (this.#collecting.has(publication)) fail(`no answer within ${MAX_ANSWER_MS / 1_000} s`)
      publication.dueMs = began + MAX_ANSWER_MS
      const done = (intervalMs: number): void => {
        this.#collecting.delete(publication)
        const ended = performance.now()
        publication.dueMs = ended + Math.max(intervalMs, (ended - began) * BUSY_SHARE)
      }
      try {
        const result = publication.published.collect()
        if (result === undefined) done(MIN_INTERVAL_MS)
        else {
          this.#collecting.add(publication)
          pending.push(result.catch(fail).finally(() => done(MIN_ASYNC_INTERVAL_MS)))
        }
      } catch (error) {
        fail(error)
        done(MIN_INTERVAL_MS)
      }
    }
    return pending.length > 0 ? Promise.all(pending) : undefined
  }

  *#all(): Generator<Publication> {
    for (const [name, reference] of this.#publications) {
      const publication = reference.deref()
      if (publication === undefined) this.#publications.delete(name)
      else yield publication
    }
  }
}

export const servicePage: ServicePage = new ServicePage()
