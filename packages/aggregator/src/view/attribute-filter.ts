import type { Attributes, Context } from '@opentelemetry/api'
import type { IAttributesProcessor } from '@opentelemetry/sdk-metrics'
import { loadApi } from '../api.ts'

/**
 * A view's attribute processors, one after the other. It runs when attributes are seen for the first time;
 * afterwards the attributes as they were written lead to the series of what it made of them. So a processor is
 * taken to be a function of the attributes, and of the context that it is given: one that asks the context is
 * noticed, and runs every time. One that asks the clock is not.
 */
export class AttributeFilter {
  readonly #processors: readonly IAttributesProcessor[]
  readonly #synchronous: boolean
  #asked = false

  /** @param synchronous whether the instrument is: only then is there a context that belongs to a measurement. */
  constructor(processors: readonly IAttributesProcessor[], synchronous: boolean) {
    this.#processors = processors
    this.#synchronous = synchronous
  }

  /** Whether what {@link apply} returned last holds whenever these attributes are written. */
  get holds(): boolean {
    return !this.#asked
  }

  apply(attributes: Attributes, context: Context | undefined): Attributes {
    this.#asked = false
    const asked = this.#synchronous ? this.#watch(context ?? loadApi().context.active()) : undefined
    let kept = attributes
    for (const processor of this.#processors) kept = processor.process(kept, asked)
    return kept
  }

  #watch(context: Context): Context {
    return {
      getValue: key => {
        this.#asked = true
        return context.getValue(key)
      },
      setValue: (key, value) => this.#watch(context.setValue(key, value)),
      deleteValue: key => this.#watch(context.deleteValue(key)),
    }
  }
}
