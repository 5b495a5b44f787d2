import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { current, sets } from '../../src/index.ts'

const lockFile = new URL('../../../../package-lock.json', import.meta.url)

test('the current set is what the lock file has, package by package', () => {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8')) as {
    packages: Record<string, { version: string }>
  }
  const locked = Object.entries(packages)
    .map(([path, { version }]) => [path.split('node_modules/').at(-1)!, version] as const)
    .filter(([name]) => name.startsWith('@opentelemetry/'))
  expect(Object.entries(current.packages).sort()).toEqual(locked.sort())
})

test('every version in a set is exact', () => {
  const versions = sets.flatMap(({ node, packages }) => [...node.versions, ...Object.values(packages)])
  for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
})
