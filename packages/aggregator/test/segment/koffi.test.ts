import { createRequire } from 'node:module'
import { afterEach, expect, test, vi } from 'vitest'
import { type Koffi, loadKoffi } from '../../src/segment/koffi.ts'

const load = createRequire(import.meta.url)
const main = load.resolve('koffi')

afterEach(() => {
  vi.restoreAllMocks()
  for (const file of Object.keys(load.cache)) if (/koffi/.test(file)) delete load.cache[file]
})

test('calls the C library, without any of koffi’s own JavaScript', () => {
  expect(processId(loadKoffi())).toBe(process.pid)
  expect(loadedFiles()).toEqual([])
})

test('koffi itself is loaded where its binary is not found', () => {
  vi.spyOn(process, 'dlopen').mockImplementationOnce(() => {
    throw new Error('no such file')
  })
  expect(processId(loadKoffi())).toBe(process.pid)
  expect(loadedFiles()).toContain(main)
})

test('koffi itself is loaded where the binary is not what is expected', () => {
  vi.spyOn(process, 'dlopen').mockImplementationOnce(() => {})
  expect(processId(loadKoffi())).toBe(process.pid)
  expect(loadedFiles()).toContain(main)
})

test('what the app has loaded is used', () => {
  const known = load('koffi')
  expect(loadKoffi()).toBe(known)
})

function processId(koffi: Koffi): unknown {
  return koffi.load(null).func('int getpid()')()
}

function loadedFiles(): string[] {
  return Object.keys(load.cache).filter(file => /koffi.*js$/.test(file))
}
