import { expect, test } from 'vitest'
import { readOptions } from '../src/options.ts'

test('without options everything runs, on the Node that runs the benchmark', () => {
  expect(readOptions([], {})).toEqual({
    node: process.execPath,
    parts: ['hot', 'crowd', 'scrape', 'growth', 'formats', 'python', 'start-up', 'memory', 'throughput'],
    quick: false,
    out: undefined,
  })
})

test('--node comes before BENCH_NODE', () => {
  expect(readOptions([], { BENCH_NODE: '/a/node' })).toMatchObject({ node: '/a/node' })
  expect(readOptions(['--node', '/b/node'], { BENCH_NODE: '/a/node' })).toMatchObject({ node: '/b/node' })
})

test('--out is relative to where npm was called', () => {
  expect(readOptions(['--out', 'docs/a.md'], { INIT_CWD: '/here' })).toMatchObject({ out: '/here/docs/a.md' })
})

test('several parts stand between commas', () => {
  expect(readOptions(['--only', 'memory, start-up'], {})).toMatchObject({ parts: ['memory', 'start-up'] })
})

test('an unknown part is named in the error', () => {
  expect(() => readOptions(['--only', 'hot,cold'], {})).toThrow(
    "--only takes hot, crowd, scrape, growth, formats, python, start-up, memory, throughput, not 'cold'",
  )
})
