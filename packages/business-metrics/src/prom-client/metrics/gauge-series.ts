import type { Labels } from '../series/label-rules.ts'
import { Series } from '../series/series.ts'

export class GaugeSeries extends Series {
  value: number = 0
  isSet: boolean = false
  readonly #showsUnset: boolean

  constructor(labels: Labels, showsUnset: boolean) {
    super(labels)
    this.#showsUnset = showsUnset
  }

  set(value: number): void {
    this.value = value
    this.isSet = true
    // A page of several processes has no sum of what is not finite.
    if (value - value === 0) this.share.record(value)
    else this.share.replace()
  }

  clear(): void {
    this.value = 0
    this.isSet = false
  }

  values(): ArrayLike<number> | undefined {
    return (this.isSet || this.#showsUnset) && Number.isFinite(this.value) ? [this.value] : undefined
  }
}
