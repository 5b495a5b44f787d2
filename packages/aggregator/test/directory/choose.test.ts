import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { chooseDirectory } from '../../src/directory/choose.ts'
import { testProvider } from '../provider.ts'

test('the first process chooses a directory on memory and names it for its children', () => {
  const env: NodeJS.ProcessEnv = {}
  const first = chooseDirectory({ env, serviceName: 'shop/../eu' })
  expect(first.inherited).toBe(false)
  expect(first.directory).toMatch(new RegExp(`^/dev/shm/tutti-\\d+/shop_.._eu-${process.pid}-[0-9a-f]{8}$`))
  expect(chooseDirectory({ env: { ...env } })).toEqual({ directory: first.directory, inherited: true })
})

test('TUTTI_DIR is taken as it is, and the first process is still the first', () => {
  const env: NodeJS.ProcessEnv = { TUTTI_DIR: '/some/place' }
  expect(chooseDirectory({ env })).toEqual({ directory: '/some/place', inherited: false })
  expect(chooseDirectory({ env })).toEqual({ directory: '/some/place', inherited: true })
})

test('PM2 instances of one app agree on a directory', () => {
  const [one, two] = ['0', '1'].map(pm_id => chooseDirectory({ env: { pm_id, name: 'shop' } }).directory)
  expect(one).toBe(two)
  expect(one).toMatch(/\/pm2-shop$/)
})

test('what ended runs left behind is removed, what is alive is not', async () => {
  const env = () => ({}) as NodeJS.ProcessEnv
  const ended = testProvider({ directory: chooseDirectory({ env: env(), serviceName: 'ended' }).directory })
  const living = testProvider({ directory: chooseDirectory({ env: env(), serviceName: 'living' }).directory })
  const empty = chooseDirectory({ env: env(), serviceName: 'empty' }).directory
  mkdirSync(empty)
  onTestFinished(() => {
    for (const directory of [ended.directory, living.directory, empty])
      rmSync(directory, { recursive: true, force: true })
  })
  await ended.provider.shutdown()
  chooseDirectory({ env: env() })
  expect([ended, living].map(({ directory }) => existsSync(directory))).toEqual([false, true])
  expect(existsSync(empty)).toBe(true)
  expect(dirname(empty)).toBe(dirname(living.directory))
})

test('a service whose writers have no locks keeps its directory for as long as it writes', () => {
  const { directory } = chooseDirectory({ env: {}, serviceName: 'unlocked' })
  const { provider } = testProvider({ directory, store: 'heap' })
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  chooseDirectory({ env: {} })
  expect(existsSync(directory)).toBe(true)
  provider.observe()
})
