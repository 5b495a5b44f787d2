import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const ci = new URL('../../../../.ci/', import.meta.url)
const { installArguments, isInstalled } = await import(new URL('prepare/install.mjs', ci).href)
const { missingPlatformPackages } = await import(new URL('prepare/platform-packages.mjs', ci).href)

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tutti-test-'))
  mkdirSync(join(folder, 'node_modules'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('development dependencies are installed whatever NODE_ENV is', () => {
  mkdirSync(join(folder, 'tool'))
  const write = (path: string, content: object) => writeFileSync(join(folder, path), JSON.stringify(content))
  write('tool/package.json', { name: 'tool', version: '1.0.0' })
  write('package.json', { devDependencies: { tool: 'file:tool' } })
  // Below `npm run` npm would be told of this package's folder.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$)/.test(name))
  const env = { ...Object.fromEntries(inherited), NODE_ENV: 'production' }
  const npm = (...args: string[]) => execFileSync('npm', args, { cwd: folder, env })
  npm('install', '--package-lock-only', '--no-audit', '--no-fund')
  npm(...installArguments)
  expect(existsSync(join(folder, 'node_modules/tool/package.json'))).toBe(true)
})

test('is installed when every package is there in the wanted version', () => {
  wanted({
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '1.0.0', optional: true },
  })
  expect(isInstalled(folder)).toBe(false)
  present({ 'node_modules/a': { version: '0.9.0' } })
  expect(isInstalled(folder)).toBe(false)
  present({})
  expect(isInstalled(folder)).toBe(false)
  present({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/more': { version: '1.0.0' } })
  expect(isInstalled(folder)).toBe(true)
})

test('is not installed when a package is another one of the same version', () => {
  wanted({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } })
  present({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-y' } })
  expect(isInstalled(folder)).toBe(false)
})

test('finds the platform packages that a lock file lacks', () => {
  const tool = { version: '1.0.0', dev: true, optionalDependencies: { '@tool/darwin-arm64': '1.0.0' } }
  const entry = { version: '1.0.0', cpu: ['arm64'], dev: true, optional: true, os: ['darwin'] }
  const path = 'node_modules/@tool/darwin-arm64'
  expect(missingPlatformPackages({ 'node_modules/tool': tool })).toEqual([{ path, entry }])
  expect(missingPlatformPackages({ 'node_modules/tool': tool, [path]: entry })).toEqual([])
  const nested = { path: `node_modules/tool/${path}`, entry }
  const other = { ...entry, version: '2.0.0' }
  expect(missingPlatformPackages({ 'node_modules/tool': tool, [path]: other })).toEqual([nested])
})

function wanted(packages: object): void {
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }))
}

function present(packages: object): void {
  writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }))
}
