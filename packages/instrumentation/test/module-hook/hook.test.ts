import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createModuleHook, type ModuleHook } from '../../src/module-hook/hook.ts'

let folder: string
let hook: ModuleHook
const lines: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tutti-hook-'))
  mkdirSync(join(folder, 'node_modules/shop'), { recursive: true })
  writeFileSync(join(folder, 'node_modules/shop/index.js'), 'exports.sell = () => "sold"')
  lines.length = 0
  hook = createModuleHook(line => lines.push(line))
})
afterEach(() => {
  hook.stop()
  delete createRequire(import.meta.url).cache[join(folder, 'node_modules/shop/index.js')]
  rmSync(folder, { recursive: true })
})

const load = () => createRequire(join(folder, 'app.js'))('shop')

test('a library that is loaded later has its exports replaced, and nothing is said', () => {
  hook.onLoad('shop', 'index.js', () => ({ sell: () => 'counted' }))
  expect(load().sell()).toBe('counted')
  expect(lines).toEqual([])
})

test('of a library that was loaded before, whose exports must be replaced, one line says that metrics are missing', () => {
  expect(load().sell()).toBe('sold')
  hook.onLoad('shop', 'index.js', () => ({ sell: () => 'counted' }))
  expect(lines).toEqual([
    `shop (${folder}/node_modules/shop) was loaded before the preload, and some of its metrics are missing. ` +
      'Put --require @tutti/preload, or --import, before anything else that loads it.',
  ])
})

test('a library that was loaded before and can be changed in place has its metrics', () => {
  const early = load()
  hook.onLoad('shop', 'index.js', exports => {
    const shop = exports as { sell(): string }
    shop.sell = () => 'counted'
  })
  expect(early.sell()).toBe('counted')
  expect(lines).toEqual([])
})

test('a patch that is waited for while its file is being patched is applied once, and the file is not late', () => {
  const patched: string[] = []
  hook.onLoad('shop', 'index.js', () => {
    patched.push('first')
    hook.onLoad('shop', 'index.js', () => {
      patched.push('second')
      return { sell: () => 'counted' }
    })
  })
  expect(load().sell()).toBe('counted')
  expect(patched).toEqual(['first', 'second'])
  expect(lines).toEqual([])
})
