import { expect, test } from 'vitest'
import { healthOf, WorkerRates } from '../../src/figures/worker-figures.ts'
import type { WorkerLife } from '../../src/reading/worker-list.ts'

const life = (given: Partial<WorkerLife>): WorkerLife => ({
  ...{ worker: 1, pid: 10, threadId: 0, state: 'running', ageMs: 60_000, heartbeatAgeMs: 300 },
  ...{ requests: 0, errors: 0, crashes: 0, restarts: 0 },
  ...given,
})

test('a worker is blocked when its observation is late by half of its second', () => {
  expect(healthOf(life({ heartbeatAgeMs: 1_500 }))).toBe('ok')
  expect(healthOf(life({ heartbeatAgeMs: 1_501 }))).toBe('blocked')
  expect(healthOf(life({ ageMs: 9_999 }))).toBe('new')
  expect(healthOf(life({ ageMs: 9_999, heartbeatAgeMs: 2_000 }))).toBe('blocked')
  expect(healthOf(life({ state: 'killed', heartbeatAgeMs: null }))).toBe('killed')
  expect(healthOf(life({ state: 'ended', heartbeatAgeMs: null }))).toBe('ended')
})

test('requests of a worker are a rate, and who takes its number counts from zero', () => {
  const rates = new WorkerRates()
  rates.look([life({ requests: 100 })], 0)
  expect(rates.of(1)).toEqual({ requests: Number.NaN, errors: Number.NaN })
  rates.look([life({ requests: 110, errors: 4 })], 2_000)
  expect(rates.of(1)).toEqual({ requests: 5, errors: 2 })
  rates.look([life({ requests: 8, pid: 11 })], 4_000)
  expect(rates.of(1)).toEqual({ requests: 2, errors: 0 })
  expect(rates.of(2)).toEqual({ requests: Number.NaN, errors: Number.NaN })
})
