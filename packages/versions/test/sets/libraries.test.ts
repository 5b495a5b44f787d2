import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { intersects, major, minVersion, satisfies } from 'semver'
import { expect, test } from 'vitest'
import { instrumentations } from '../../../instrumentation/src/instrumentations.ts'
import { sets } from '../../src/index.ts'
import { libraries } from '../../src/sets/libraries.ts'

const folder = fileURLToPath(new URL('../../../instrumentation/', import.meta.url))
const readme = readFileSync(`${folder}README.md`, 'utf8')

test('every package that is instrumented has a supported range, in every set', () => {
  const packages = Object.values(instrumentations).flatMap(({ files = {} }) => Object.keys(files))
  for (const set of sets) expect(Object.keys(set.libraries)).toEqual(expect.arrayContaining(packages))
})

test('every version that is tested is in its range, and the newest major of every range is tested', () => {
  const tested = testedVersions()
  for (const [name, range] of Object.entries(libraries)) {
    const versions = tested.get(name) ?? []
    for (const version of versions)
      expect(satisfies(version, range), `${name} ${version} in ${range}`).toBe(true)
    const newest = newestMajor(range)
    expect(
      versions.map(version => major(version)),
      `${name} ${newest}, the newest of ${range}`,
    ).toContain(newest)
  }
})

test.for([
  ['undici', 'undici'],
  ['fastify', 'Fastify'],
  ['express', 'Express'],
  ['koa', 'Koa'],
  ['@koa/router', '`@koa/router`'],
  ['@hapi/hapi', 'hapi'],
  ['restify', 'Restify'],
  ['ioredis', 'ioredis'],
  ['redis', 'node-redis'],
  ['bullmq', 'BullMQ'],
  ['pg', 'pg'],
  ['node-pg-migrate', 'node-pg-migrate'],
] as const)("the range of %s is what the instrumentation's README says", ([name, title]) => {
  const range = libraries[name]!
  const [from, to] = [minVersion(range)!.major, newestMajor(range)]
  const span = from === to ? from : to === from + 1 ? `${from} and ${to}` : `${from} to ${to}`
  expect(readme).toMatch(new RegExp(`${title} ${span}\\b`))
})

/** By the name on npm; `npm:` aliases are how several versions of one are installed. */
function testedVersions(): Map<string, string[]> {
  const { devDependencies } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as {
    devDependencies: Record<string, string>
  }
  const tested = new Map<string, string[]>()
  for (const [key, value] of Object.entries(devDependencies)) {
    const [, name = key, version = value] = /^npm:(.+)@(.+)$/.exec(value) ?? []
    tested.set(name, [...(tested.get(name) ?? []), version])
    // node-redis is these two, of which one brings the other.
    if (name === 'redis')
      tested.set('@redis/client', [...(tested.get('@redis/client') ?? []), clientOf(version)])
  }
  return tested
}

function clientOf(redis: string): string {
  return major(redis) === 4 ? '1.6.1' : redis
}

function newestMajor(range: string): number {
  for (let each = 99; each > 0; each--) if (intersects(`^${each}.0.0`, range)) return each
  throw new Error(range)
}
