import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync, unlinkSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exposerAddress } from '../../src/exposer/address.ts'
import { expose } from '../../src/exposer/expose.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import { ask, testExposer, testFolder } from './exposer.ts'

const STALE = `const net = require('node:net')
net.createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`

function scrapeSocket(socketPath: string) {
  return ask('http://localhost/metrics', { socketPath, port: undefined, hostname: undefined })
}

test('the page is served on a socket that only this user can open, and gone when it closes', async () => {
  const { path, folder } = testFolder()
  const directory = temporaryDirectory()
  const options = { directory, host: `unix:${path('app.sock')}`, port: 0, path: '/metrics' }
  const { scrapeUrl } = await (async () => {
    const { url } = await testExposer({ host: options.host })
    return { scrapeUrl: url }
  })()
  expect(scrapeUrl).toBe(`http+unix://${encodeURIComponent(path('app.sock'))}/metrics`)
  expect(lstatSync(path('app.sock')).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['app.sock'])
  expect(await scrapeSocket(path('app.sock'))).toMatchObject({ status: 200 })
  await expect(expose(options, () => {})).rejects.toMatchObject({
    code: 'EADDRINUSE',
    message: `somebody listens on ${path('app.sock')}`,
  })
})

test('what a killed exposer left is replaced, and a closed one leaves nothing', async () => {
  const { path } = testFolder()
  const socketPath = path('app.sock')
  spawnSync(process.execPath, ['-e', STALE, socketPath])
  expect(lstatSync(socketPath).isSocket()).toBe(true)
  const directory = temporaryDirectory()
  const exposer = await expose({ directory, host: `unix:${socketPath}`, port: 0, path: '/metrics' }, () => {})
  expect((await scrapeSocket(socketPath)).status).toBe(500)
  await exposer.close()
  expect(existsSync(socketPath)).toBe(false)
})

test('a file or a link where the socket should be is never replaced', async () => {
  const { path, write, folder } = testFolder()
  write('precious', 'text')
  symlinkSync(path('precious'), path('link'))
  for (const name of ['precious', 'link'])
    await expect(testExposer({ host: `unix:${path(name)}` })).rejects.toThrow(
      /is there and is not a socket\. Remove it/,
    )
  expect(readFileSync(path('precious'), 'utf8')).toBe('text')
  expect(readdirSync(folder)).toEqual(['link', 'precious'])
})

test('a path that no socket can have is said', async () => {
  await expect(testExposer({ host: `unix:/tmp/${'x'.repeat(100)}/app.sock` })).rejects.toMatchObject({
    code: 'ENAMETOOLONG',
    message: expect.stringMatching(/Choose a shorter folder$/),
  })
})

test('its address is found in the directory, whatever port it got', async () => {
  const { directory, url } = await testExposer({ host: '[::1]' })
  expect(url).toMatch(/^http:\/\/\[::1\]:\d+\/metrics$/)
  expect(exposerAddress(directory)).toBe(url)
  expect((await fetch(url)).status).toBe(200)
})

test('an address that is not a plain file, or not there, is none', () => {
  const { path, folder, write } = testFolder()
  expect(exposerAddress(folder)).toBeUndefined()
  symlinkSync(write('elsewhere', 'http://attacker/metrics\n'), path('exposer'))
  expect(exposerAddress(folder)).toBeUndefined()
  unlinkSync(path('exposer'))
  write('exposer', 'javascript:alert(1)\n')
  expect(exposerAddress(folder)).toBeUndefined()
})
