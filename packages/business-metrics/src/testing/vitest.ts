import { beforeEach, expect } from 'vitest'
import type { LabelDefinitions, LabelsOf } from '../labels/definitions.ts'
import type { Labeled } from '../metrics/options.ts'
import { recorded, recordedSeries, recordMetrics, resetRecorded } from './recorded.ts'

export { recorded, recordedSeries, recordedValues, resetRecorded } from './recorded.ts'

/** Labels that a matcher may be given for this metric: some of its own, and those that its shape adds. */
export type MatchedLabels<Metric> =
  Metric extends Labeled<infer L extends LabelDefinitions>
    ? Partial<LabelsOf<L>> & {
        readonly outcome?: string
        readonly state?: string
        readonly 'error.type'?: string
      }
    : Readonly<Record<string, unknown>>

declare module 'vitest' {
  // The type parameters are those of Vitest 5: an interface can only be added to with the same ones. Under 3 and 4, which
  // have fewer, the matcher works and its labels are not checked.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /**
     * What a metric of a catalog has recorded in this test: the total of a counter, how many values a histogram had,
     * the last value of a gauge. Of a shape the main part, or the one that is named.
     *
     * @example
     * expect(metrics.orders).toHaveRecorded(3, { channel: 'web' })
     * expect(metrics.deployments).toHaveRecorded(1, { 'error.type': 'TimeoutError' }, 'errors')
     */
    toHaveRecorded(expected: number, labels?: MatchedLabels<T>, part?: string): R
  }
}

recordMetrics()
beforeEach(resetRecorded)

expect.extend({
  toHaveRecorded(
    metric: object,
    expected: number,
    labels: Readonly<Record<string, unknown>> = {},
    part?: string,
  ) {
    const actual = recorded(metric, labels, part)
    const shown = Object.keys(labels).length === 0 ? '' : ` with ${JSON.stringify(labels)}`
    return {
      pass: this.equals(actual, expected),
      actual,
      expected,
      message: () =>
        `expected ${this.isNot ? 'anything but ' : ''}${expected} recorded${shown}, and it is ${actual}. ` +
        `Recorded are:${listOf(metric, part)}`,
    }
  },
})

function listOf(metric: object, part: string | undefined): string {
  const series = recordedSeries(metric, part)
  if (series.length === 0) return ' nothing'
  return series.map(({ labels, value }) => `\n  ${JSON.stringify(labels)} ${value}`).join('')
}
