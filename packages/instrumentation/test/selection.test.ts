import { expect, test } from 'vitest'
import { selectNames } from '../src/selection.ts'

const known = ['http', 'pg', 'ioredis']

function select(env: NodeJS.ProcessEnv): { names: string[]; lines: string[] } {
  const lines: string[] = []
  return { names: selectNames(known, env, line => lines.push(line)), lines }
}

test('everything is on by default, and an empty variable is no variable', () => {
  expect(select({})).toEqual({ names: known, lines: [] })
  expect(select({ OTEL_NODE_ENABLED_INSTRUMENTATIONS: ' ' })).toEqual({ names: known, lines: [] })
})

test('only what is enabled is on, less what is disabled', () => {
  expect(select({ OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http, pg' }).names).toEqual(['http', 'pg'])
  expect(select({ OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'pg' }).names).toEqual(['http', 'ioredis'])
  const both = { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,pg', OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'http' }
  expect(select(both).names).toEqual(['pg'])
})

test('an unknown name gets one line with the variable, the name and the names there are', () => {
  const { names, lines } = select({ OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'htpp,pg' })
  expect(names).toEqual(['http', 'ioredis'])
  expect(lines).toEqual([
    'OTEL_NODE_DISABLED_INSTRUMENTATIONS names "htpp", for which there are no metrics; ignored. ' +
      'Known names: http, pg, ioredis.',
  ])
})

test('where traces are on, a name that has traces only is known, and any other is said to have neither', () => {
  const lines: string[] = []
  const env = { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'graphql,htpp,pg' }
  const names = selectNames(
    known,
    env,
    line => lines.push(line),
    name => name === 'graphql',
  )
  expect(names).toEqual(['http', 'ioredis'])
  expect(lines).toEqual([
    'OTEL_NODE_DISABLED_INSTRUMENTATIONS names "htpp", for which there are neither metrics nor traces; ignored. ' +
      'Known names: http, pg, ioredis.',
  ])
})
