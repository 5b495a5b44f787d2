import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytesText } from '../../src/commands/inspect/bytes-text.ts'
import { decodeFile } from '../../src/commands/inspect/decode-file.ts'
import { fileText } from '../../src/commands/inspect/file-text.ts'
import { tutti } from '../process.ts'
import { type Service, startService } from '../service.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
  await service.request('/orders/1', 4)
})
afterAll(() => service.stop())

test('a directory: every file, who holds it, what it says', async () => {
  const { code, stdout, stderr } = await tutti(['inspect', service.name, '--json'])
  expect([code, stderr]).toEqual([0, ''])
  const { path, files } = JSON.parse(stdout)
  expect(path).toBe(service.directory)
  expect(files.map(({ name, what }: { name: string; what: string }) => [name, what])).toEqual([
    ['0.segment', 'segment of worker 0'],
    ['1.segment', 'segment of worker 1'],
    ['2.segment', 'segment of worker 2'],
    ['exposer', 'where the exposer listens'],
    ['exposer.lock', 'lock, held by the exposer'],
    ['fold.lock', 'lock, held while the dead are folded'],
    ['join.lock', 'lock, held while a writer joins'],
  ])
  expect(files[0].says).toMatch(new RegExp(`^alive, pid ${service.app.process.pid}, thread 0, heartbeat`))
  expect(files[4].says).toBe('held')
})

test('a segment: each field at the place where it is, and the cells of a series', async () => {
  const segments = ['1.segment', '2.segment'].map(name => join(service.directory, name))
  const bytes = readFileSync(segments[0])
  const { stdout } = await tutti(['inspect', segments[0], '--bytes', '--limit', '0'])
  expect(stdout).toContain('00000000  54 55 54 54 ')
  const pid = /pid +(\d+) {2}for people only/.exec(stdout)?.[1]
  expect(bytes.readDoubleLE(40)).toBe(Number(pid))
  const texts = await Promise.all(segments.map(path => tutti(['inspect', path, '--limit', '0'])))
  const counts = texts.map(each => {
    const line = each.stdout
      .split('\n')
      .find(row => /series +http\.server\.request\.duration .*orders/.test(row))
    return [...(line ?? '').matchAll(/count up to \S+ (\d+)/g)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    )
  })
  expect(counts[0] + counts[1]).toBe(4)
})

test('a damaged segment is read as far as it goes, what is wrong is said, and the exit code is 1', async () => {
  const path = join(temporaryDirectory(), '1.segment')
  copyFileSync(join(service.directory, '1.segment'), path)
  const whole = decodeFile(path, Number.POSITIVE_INFINITY)
  expect(whole.problems).toEqual([])
  const bytes = readFileSync(path)
  const second = whole.entries[1].offset
  bytes[second + 45] ^= 0xff
  writeFileSync(path, bytes)
  const { code, stdout } = await tutti(['inspect', path, '--limit', '0'])
  expect(code).toBe(1)
  expect(stdout).toContain(`damaged: the entry at byte ${second} does not match its checksum`)
  expect(stdout.split('\n').filter(line => line.startsWith('  series')).length).toBeGreaterThan(20)
})

test('whatever stands in a file, it is decoded without an error and in bounds', () => {
  const path = join(temporaryDirectory(), '1.segment')
  const original = readFileSync(join(service.directory, '1.segment'))
  let seed = 20_261_120
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return seed % below
  }
  let damagedCount = 0
  for (let round = 0; round < 60; round++) {
    const bytes = Buffer.from(
      original.subarray(0, round % 5 === 0 ? random(original.length) : original.length),
    )
    for (let flip = 0; flip < 20 && bytes.length > 0; flip++)
      bytes[random(Math.min(bytes.length, 34_000))] = random(256)
    // Half of them pass for a segment.
    if (round % 2 === 0) original.copy(bytes, 0, 0, 200)
    writeFileSync(path, bytes)
    const decoded = decodeFile(path, 1_000)
    for (const { offset, cells } of decoded.entries)
      for (const place of [offset, ...cells.map(cell => cell.offset)])
        expect(place).toBeLessThan(bytes.length)
    expect(fileText(decoded).length + bytesText(decoded).length).toBeGreaterThan(0)
    if (decoded.problems.length > 0) damagedCount++
  }
  expect(damagedCount).toBeGreaterThan(40)
})

test('links are not followed, other things are named', async () => {
  const directory = temporaryDirectory()
  symlinkSync(join(service.directory, '1.segment'), join(directory, '1.segment'))
  writeFileSync(join(directory, 'notes\u001b[2J'), 'mine')
  const [link, all] = await Promise.all([
    tutti(['inspect', join(directory, '1.segment')]),
    tutti(['inspect', directory, '--json']),
  ])
  expect(link.code).toBe(2)
  expect(link.stderr).toMatch(/can't be opened: ELOOP.*It is a link; name its target\.\n$/)
  expect(all.code).toBe(1)
  expect(
    JSON.parse(all.stdout).files.map((each: { name: string; what: string }) => [each.name, each.what]),
  ).toEqual([
    ['1.segment', 'segment of worker 1'],
    ['notes\\u001b[2J', 'not ours'],
  ])
})
