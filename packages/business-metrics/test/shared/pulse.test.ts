import { expect, test } from 'vitest'
import { observeRegularly } from '../../src/shared/pulse.ts'
import { shared } from '../../src/shared/state.ts'

/** What an observation does. */
function observeAll(): void {
  for (const observer of shared.observers) observer()
}

test('a function that observes and never answers is given up on after 30 s, counted, and asked again', async () => {
  let nowMs = 0
  const answers: ((value: unknown) => void)[] = []
  const stop = observeRegularly(
    'hung',
    () => new Promise(resolve => answers.push(resolve)),
    () => nowMs,
  )
  const asked = async (atMs: number): Promise<[asked: number, errors: number]> => {
    nowMs = atMs
    observeAll()
    await Promise.resolve()
    return [answers.length, shared.errors.get({ kind: 'callback', metric: 'hung' })]
  }
  expect(await asked(0)).toEqual([1, 0])
  expect(await asked(29_999)).toEqual([1, 0])
  expect(await asked(30_000)).toEqual([2, 1])
  // The first one comes after all: the second is still waited for.
  answers[0](1)
  expect(await asked(31_000)).toEqual([2, 1])
  answers[1](2)
  await Promise.resolve()
  expect(await asked(32_000)).toEqual([3, 1])
  stop()
  expect(await asked(90_000)).toEqual([3, 1])
})
