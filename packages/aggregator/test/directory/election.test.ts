import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Claim } from '../../src/directory/claim.ts'
import { type Election, electionFor } from '../../src/directory/election.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

function lockFile(): string {
  const directory = temporaryDirectory()
  mkdirSync(directory)
  return join(directory, 'push.lock')
}

test.each([
  ['locks', (path: string) => electionFor(path)],
  ['claims', (path: string) => new Claim(path, Date.now)],
] as [string, (path: string) => Election][])('with %s one is elected, until it resigns', (_, create) => {
  const path = lockFile()
  const [one, two] = [create(path), create(path)]
  onTestFinished(() => {
    one.resign()
    two.resign()
  })
  expect([one.stand(), two.stand(), one.stand()]).toEqual([true, false, true])
  two.resign()
  expect([two.stand(), one.stand()]).toEqual([false, true])
  one.resign()
  expect([two.stand(), one.stand()]).toEqual([true, false])
})

test('a claim that was not touched for ten seconds is taken over, and its holder learns it', () => {
  const path = lockFile()
  let nowMs = Date.now()
  const [stopped, next] = [new Claim(path, () => nowMs), new Claim(path, () => nowMs)]
  onTestFinished(() => {
    stopped.resign()
    next.resign()
  })
  expect(stopped.stand()).toBe(true)
  nowMs += 9_000
  expect(next.stand()).toBe(false)
  expect(stopped.stand()).toBe(true)
  nowMs += 11_000
  expect([next.stand(), stopped.stand()]).toEqual([true, false])
  stopped.resign()
  expect(existsSync(path)).toBe(true)
})
