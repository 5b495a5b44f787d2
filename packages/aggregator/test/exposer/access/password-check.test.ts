import { expect, test } from 'vitest'
import { PasswordCheck } from '../../../src/exposer/access/password-check.ts'

const hash = (cost: string) => `$2y$${cost}$${'a'.repeat(53)}`
const users = new Map([
  ['prometheus', hash('10')],
  ['grafana', hash('12')],
])

/** Compares by the password alone, and notes what it was asked to compare. */
function checkOf(right = 'right') {
  const compared: string[] = []
  const check = new PasswordCheck(async (password, against) => {
    compared.push(against)
    return password === right
  })
  return { compared, check: (user: string, password: string) => check.check(users, { user, password }, 'a') }
}

test('who was right is known again without another comparison', async () => {
  const { check, compared } = checkOf()
  expect([await check('prometheus', 'right'), await check('prometheus', 'right')]).toEqual([true, true])
  expect(compared).toHaveLength(1)
})

test('what was wrong is compared each time, so it crowds nobody out', async () => {
  const { check, compared } = checkOf()
  expect([await check('prometheus', 'wrong'), await check('prometheus', 'wrong')]).toEqual([false, false])
  expect(compared).toHaveLength(2)
})

test('an unknown user costs what the dearest known one costs, and is never right', async () => {
  const { check, compared } = checkOf()
  expect(await check('nobody', 'right')).toBe(false)
  expect(compared).toEqual([expect.stringMatching(/^\$2b\$12\$.{53}$/)])
})

test('a new hash of the same user is compared anew', async () => {
  const compared: string[] = []
  const check = new PasswordCheck(async (_password, against) => compared.push(against) === 1)
  const asked = { user: 'prometheus', password: 'right' }
  expect(await check.check(users, asked, 'a')).toBe(true)
  expect(await check.check(new Map([['prometheus', hash('11')]]), asked, 'a')).toBe(false)
})

test('comparisons go one after the other, and an address that floods them holds up no other', async () => {
  let running = 0
  let most = 0
  const check = new PasswordCheck(async () => {
    most = Math.max(most, ++running)
    await new Promise(resolve => setTimeout(resolve, 5))
    running--
    return false
  })
  const ask = (password: number, address: string) =>
    check.check(users, { user: 'prometheus', password: String(password) }, address)
  const flood = Promise.all(Array.from({ length: 20 }, (_, each) => ask(each, 'attacker')))
  expect(await ask(0, 'prometheus')).toBe(false)
  expect((await flood).filter(each => each === 'busy')).toHaveLength(16)
  expect(most).toBe(1)
  expect(await ask(1, 'attacker')).toBe(false)
})
