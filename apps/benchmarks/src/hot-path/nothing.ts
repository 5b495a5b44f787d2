import type { Rival } from './rival.ts'
import { labelSets, order, values, wrap } from './workload.ts'

/** The loops alone, with the least that keeps them from being compiled away: what part of each figure is not the peer. */
export function startNothing(): Rival {
  const seen = new Float64Array(64)
  const keep = labelSets.map((_, index) => ({ index }))

  function take(value: number, labels: { method: string; route: string; status: number }) {
    seen[labels.method.length] += value + labels.route.length + labels.status
  }

  return {
    operations: {
      counter(calls) {
        for (let call = 0; call < calls; call++) {
          const set = labelSets[order[call & wrap]]
          take(1, { method: set.method, route: set.route, status: set.status })
        }
      },
      histogram(calls) {
        for (let call = 0; call < calls; call++) {
          const set = labelSets[order[call & wrap]]
          take(values[call & wrap], { method: set.method, route: set.route, status: set.status })
        }
      },
      boundCounter(calls) {
        for (let call = 0; call < calls; call++) seen[keep[order[call & wrap]].index & 1] += 1
      },
      boundHistogram(calls) {
        for (let call = 0; call < calls; call++)
          seen[keep[order[call & wrap]].index & 1] += values[call & wrap]
      },
    },
    useOtherInstruments() {},
    async read() {
      if (!seen.some(value => value > 0)) throw new Error('the loops were compiled away')
      return {}
    },
    async stop() {},
  }
}
