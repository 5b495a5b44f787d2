import type { Pool } from 'pg'
import { expect, test } from 'vitest'
import { createAuthenticate } from '../../src/users/authenticate.ts'

const row = { id: '1', name: 'joe', role: 'viewer', created_at: new Date(0) }

/** A database that says how long the token is good, until it is dead. */
function database(remainingMs: number | null) {
  const state = { isDead: false, asked: 0 }
  const query = async () => {
    state.asked++
    if (state.isDead) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    return { rows: [{ ...row, remaining_ms: remainingMs }] }
  }
  return { state, pool: { query } as unknown as Pool }
}

test('a token that has expired is not remembered, also while nobody can be asked', async () => {
  const { state, pool } = database(1_000)
  let nowMs = 0
  const authenticate = createAuthenticate(pool, 10_000, () => nowMs)
  expect((await authenticate('secret'))?.name).toBe('joe')
  state.isDead = true
  nowMs = 999
  expect((await authenticate('secret'))?.name).toBe('joe')
  nowMs = 1_000
  await expect(authenticate('secret')).rejects.toThrow('refused')
})

test('one without an end is let in for five minutes while nobody can be asked, and asked for every ten seconds else', async () => {
  const { state, pool } = database(null)
  let nowMs = 0
  const authenticate = createAuthenticate(pool, 10_000, () => nowMs)
  await authenticate('secret')
  nowMs = 9_999
  await authenticate('secret')
  expect(state.asked).toBe(1)
  nowMs = 10_000
  await authenticate('secret')
  expect(state.asked).toBe(2)
  state.isDead = true
  nowMs = 309_999
  expect((await authenticate('secret'))?.name).toBe('joe')
  nowMs = 310_000
  await expect(authenticate('secret')).rejects.toThrow('refused')
})
