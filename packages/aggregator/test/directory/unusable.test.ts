import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { notRun } from '@tutti/test-servers'
import { expect, onTestFinished, test } from 'vitest'
import { testProvider } from '../provider.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

/** The provider must work whatever becomes of the directory. */
async function expectWorking(directory: string, reason: RegExp) {
  const { meter, warnings } = testProvider({ directory })
  const counter = meter.createCounter('orders')
  counter.add(1)
  counter.bind({ a: 1 }).add(1)
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatch(reason)
  expect(warnings[0]).toMatch(/kept in private memory, off the page\.$/)
}

test('a symbolic link where the directory should be is not followed', async () => {
  const directory = temporaryDirectory()
  mkdirSync(`${directory}-target`)
  symlinkSync(`${directory}-target`, directory)
  await expectWorking(directory, /it is a symbolic link\. Name its target instead\./)
})

test('a file where the directory should be is said, and the app goes on', async () => {
  const directory = temporaryDirectory()
  writeFileSync(directory, '')
  await expectWorking(
    directory,
    /can't be used: it is not a directory\. Set TUTTI_DIR to a directory that this user can write to\./,
  )
})

test("a place that can't be made is said, and the app goes on", async () => {
  await expectWorking('/proc/no/such/place', /can't be used: ENOENT\./)
})

test('a directory that others may enter is closed to them', () => {
  const directory = temporaryDirectory()
  mkdirSync(directory)
  chmodSync(directory, 0o755)
  testProvider({ directory })
  expect(lstatSync(directory).mode & 0o777).toBe(0o700)
})

test('on a full file system everything still counts, one line says so, and it joins the page when there is room', async context => {
  const mountPoint = mkdtempSync('/dev/shm/tutti-full-')
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', mountPoint])
  onTestFinished(() => {
    spawnSync('umount', ['-l', mountPoint])
    rmSync(mountPoint, { recursive: true, force: true })
  })
  if (mounted.status !== 0) {
    notRun('a full file system', 'mounting a small tmpfs needs root')
    return context.skip()
  }
  const directory = join(mountPoint, 'segments')
  const { meter, provider, page, warnings } = testProvider({ directory, cardinalityLimit: 5_000 })
  const counter = meter.createCounter('orders')
  const filler = join(mountPoint, 'filler')
  const { bavail, bsize } = statfsSync(mountPoint)
  writeFileSync(filler, Buffer.alloc(bavail * bsize))
  for (let id = 0; id < 3_000; id++) counter.add(2, { id, text: 'x'.repeat(50) })

  const total = async () => {
    const samples = Object.entries(await page()).filter(([name]) => name.startsWith('orders_total'))
    return samples.reduce((sum, [, value]) => sum + value, 0)
  }
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatch(
    /^the segment could not grow \(posix_fallocate failed: ENOSPC\): new series are kept in private memory/,
  )
  expect(await total()).toBeLessThan(6_000)
  expect((await page()).tutti_private_series).toBeGreaterThan(1_000)

  rmSync(filler)
  spawnSync('mount', ['-o', 'remount,size=4m', mountPoint])
  counter.add(1, { id: 2_999, text: 'x'.repeat(50) })
  provider.observe()
  expect(await total()).toBe(6_001)
  expect((await page()).tutti_private_series).toBe(0)
})
