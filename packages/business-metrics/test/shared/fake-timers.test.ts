import { expect, test, vi } from 'vitest'
import { counter, defineCatalog } from '../../src/index.ts'

const realTimeout = setTimeout

defineCatalog({ name: 'timed' }, { orders: counter({ name: 'timed.orders', description: 'Orders.' }) })

test("a test's fake clock is given no timers of ours, which would never come to an end", async () => {
  vi.useFakeTimers()
  try {
    // By the real clock we look for the SDK several times meanwhile.
    await new Promise(resolve => realTimeout(resolve, 150))
    expect(vi.getTimerCount()).toBe(0)
    expect(() => vi.runAllTimers()).not.toThrow()
  } finally {
    vi.useRealTimers()
  }
})
