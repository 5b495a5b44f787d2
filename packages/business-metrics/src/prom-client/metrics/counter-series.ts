import { Series } from '../series/series.ts'
import type { Exemplar } from './reading.ts'

export class CounterSeries extends Series {
  value: number = 0
  exemplar: Exemplar | undefined

  clear(): void {
    this.value = 0
    this.exemplar = undefined
  }

  values(): ArrayLike<number> {
    return [this.value]
  }
}
