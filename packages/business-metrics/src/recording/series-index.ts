import type { Label } from '../labels/label.ts'
import type { Series } from './series.ts'

/** A series, or where the values of the next free label lead. */
export type Place = Series | Map<unknown, Place>

/**
 * Leads from the values of labels to a series without a key: listed values are digits of an index into one array,
 * free texts are one map lookup each.
 */
export class SeriesIndex {
  readonly listed: readonly Label[]
  readonly free: readonly Label[]
  /** By the index that {@link steps} make; a hole leads nowhere yet. */
  readonly places: (Place | undefined)[] = []
  /** For each listed label: what its values add to the index. */
  readonly steps: readonly ReadonlyMap<unknown, number>[]

  constructor(labels: readonly Label[]) {
    this.listed = labels.filter(({ free }) => free === undefined)
    this.free = labels.filter(({ free }) => free !== undefined)
    let weight = 1
    this.steps = this.listed.map(({ values }) => {
      const steps = new Map(values.map((value, digit) => [value as unknown, digit * weight]))
      weight *= values.length
      return steps
    })
    this.places.length = weight
    this.places.fill(undefined)
  }

  /** The series of labels that were seen before, as they were given. May throw what a getter of theirs throws. */
  find(labels: Readonly<Record<string, unknown>> | undefined): Series | undefined {
    let index = 0
    for (let each = 0; each < this.listed.length; each++) {
      const step = this.steps[each].get(labels?.[this.listed[each].name])
      if (step === undefined) return undefined
      index += step
    }
    let place = this.places[index]
    for (const { name } of this.free) {
      if (place === undefined) return undefined
      place = (place as Map<unknown, Place>).get(labels?.[name])
    }
    return place as Series | undefined
  }

  /** Makes {@link find} lead from these values, which must be allowed ones, to the series. */
  insert(values: Readonly<Record<string, unknown>>, series: Series): void {
    const index = this.listed.reduce((sum, { name }, each) => sum + this.steps[each].get(values[name])!, 0)
    if (this.free.length === 0) {
      this.places[index] = series
      return
    }
    let map = (this.places[index] ?? new Map()) as Map<unknown, Place>
    this.places[index] = map
    for (const { name } of this.free.slice(0, -1)) {
      const next = (map.get(values[name]) ?? new Map()) as Map<unknown, Place>
      map.set(values[name], next)
      map = next
    }
    map.set(values[this.free.at(-1)!.name], series)
  }
}

/** Every combination of the listed values. */
export function combinations(labels: readonly Label[]): Record<string, string | number | boolean>[] {
  return labels.reduce<Record<string, string | number | boolean>[]>(
    (sets, { name, values }) => sets.flatMap(set => values.map(value => ({ ...set, [name]: value }))),
    [{}],
  )
}
