import { spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { notRun } from '@tutti/test-servers'
import { expect, onTestFinished, test } from 'vitest'
import { LivePage } from '../../src/exposition/live-page.ts'
import { PLAIN_TEXT } from '../../src/exposition/negotiate.ts'
import { foldDead } from '../../src/ledger/fold.ts'
import { FIRST_ENTRIES_PAGES, HEADER, LAYOUT_VERSION, PAGE_BYTES } from '../../src/segment/layout.ts'
import { DirectoryReader } from '../../src/snapshot/directory-reader.ts'
import { requireLibc } from '../libc.ts'
import { parsePlainly } from '../page.ts'
import { testProvider } from '../provider.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import { deadSegment, flipped, ofVersion } from './dead-segment.ts'

const MINUTE_MS = 60_000

/** A living app with a counter at 5, and the page that is read again and again beside it. */
function livingApp() {
  const { directory, meter, provider } = testProvider()
  meter.createCounter('living').add(5)
  let nowMs = Date.now()
  const warnings: string[] = []
  const warn = (line: string) => warnings.push(line)
  const reader = new DirectoryReader(directory, () => nowMs, warn)
  onTestFinished(() => reader.close())
  const page = new LivePage(reader, { warn })
  return {
    directory,
    warnings,
    scrape: () => {
      provider.observe()
      page.update()
      return parsePlainly(page.write(PLAIN_TEXT).toString())
    },
    fold: () => foldDead(reader, requireLibc(), () => nowMs),
    wait: (ms: number) => {
      nowMs += ms
    },
  }
}

const HOPELESS: [string, (path: string) => void][] = [
  ['an empty file', path => writeFileSync(path, '')],
  ['a truncated header', path => writeFileSync(path, deadSegment().subarray(0, 100))],
  ['zeros', path => writeFileSync(path, Buffer.alloc(65_536))],
  ['a flipped bit in the identity', path => writeFileSync(path, flipped(HEADER.id))],
  ['a flipped bit in the version', path => writeFileSync(path, flipped(HEADER.version))],
  [
    'eight gigabytes of nothing',
    path => {
      writeFileSync(path, '')
      truncateSync(path, 2 ** 33)
    },
  ],
  ['a symbolic link', path => symlinkSync('/etc/passwd', path)],
  ['a pipe', path => spawnSync('mkfifo', [path])],
  ['a directory', path => mkdirSync(path)],
]

test.each(HOPELESS)(
  '%s in the place of a segment is counted, said once, and all else is right',
  (_, make) => {
    const { directory, warnings, scrape } = livingApp()
    const path = join(directory, '7.segment')
    make(path)
    for (let scrapes = 0; scrapes < 3; scrapes++)
      expect(scrape()).toMatchObject({ living_total: 5, tutti_damaged_segments: 1, tutti_writers: 1 })
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(
      /7\.segment is damaged \(.+\): what can't be read of it is missing on the page/,
    )
  },
)

test.each(HOPELESS)(
  '%s in the place of the ledger is counted, said once, and all else is right',
  (_, make) => {
    const { directory, warnings, scrape } = livingApp()
    make(join(directory, 'ledger'))
    expect(scrape()).toMatchObject({ living_total: 5, tutti_damaged_segments: 1 })
    expect(scrape()).toMatchObject({ living_total: 5, tutti_damaged_segments: 1 })
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/ledger is damaged/)
  },
)

test('what holds nothing goes after it was shown for five minutes, unless somebody holds it', () => {
  const { directory, scrape, fold, wait } = livingApp()
  writeFileSync(join(directory, '7.segment'), Buffer.alloc(65_536))
  writeFileSync(join(directory, '8.segment'), Buffer.alloc(65_536))
  const held = openSync(join(directory, '8.segment'), 'r+')
  requireLibc().lock(held, 'exclusive')
  fold()
  wait(4 * MINUTE_MS)
  fold()
  expect(scrape()).toMatchObject({ living_total: 5, tutti_damaged_segments: 2 })
  wait(2 * MINUTE_MS)
  fold()
  expect(scrape()).toMatchObject({ living_total: 5, tutti_damaged_segments: 1 })
  closeSync(held)
  fold()
  expect(scrape()).toMatchObject({ living_total: 5, tutti_damaged_segments: 0 })
  expect(existsSync(join(directory, '8.segment'))).toBe(false)
})

test('what can be read of a damaged segment is on the page, and in the end in the ledger', () => {
  const { directory, warnings, scrape, fold, wait } = livingApp()
  const bytes = deadSegment()
  // The last entry of the first chunk: the second series.
  const behind = bytes.lastIndexOf('behind', PAGE_BYTES * (1 + FIRST_ENTRIES_PAGES))
  bytes[behind] ^= 1
  writeFileSync(join(directory, '7.segment'), bytes)
  for (const waitMs of [0, 4 * MINUTE_MS]) {
    wait(waitMs)
    expect(fold()).toBe(0)
    expect(scrape()).toMatchObject({ living_total: 5, dead_total: 7, tutti_damaged_segments: 1 })
  }
  wait(2 * MINUTE_MS)
  expect(fold()).toBe(1)
  const samples = scrape()
  expect(samples).toMatchObject({ living_total: 5, dead_total: 7, tutti_damaged_segments: 0 })
  expect(samples).not.toHaveProperty('dead_total{behind="true"}')
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatch(/7\.segment is damaged \(an entry at byte \d+ is damaged\)/)
})

test('a segment of another version is left alone and counted apart', () => {
  const { directory, warnings, scrape, fold, wait } = livingApp()
  writeFileSync(join(directory, '7.segment'), ofVersion(LAYOUT_VERSION + 1))
  fold()
  wait(10 * MINUTE_MS)
  fold()
  expect(scrape()).toMatchObject({
    tutti_damaged_segments: 0,
    tutti_other_version_segments: 1,
    living_total: 5,
  })
  expect(existsSync(join(directory, '7.segment'))).toBe(true)
  expect(warnings).toEqual([
    expect.stringMatching(
      /7\.segment was written by another version \(layout version \d+, this one reads \d+\)/,
    ),
  ])
})

test('a ledger of another version is not replaced: the dead wait for somebody who can read it', () => {
  const { directory, scrape, fold } = livingApp()
  const ledger = ofVersion(LAYOUT_VERSION + 1)
  writeFileSync(join(directory, 'ledger'), ledger)
  writeFileSync(join(directory, '7.segment'), deadSegment())
  expect(fold()).toBe(0)
  expect(scrape()).toMatchObject({ tutti_other_version_segments: 1, living_total: 5, dead_total: 7 })
  expect(readFileSync(join(directory, 'ledger'))).toEqual(ledger)
})

test('a damaged ledger makes way for a new one, and what the dead say is in it', () => {
  const { directory, scrape, fold } = livingApp()
  writeFileSync(join(directory, 'ledger'), Buffer.alloc(65_536))
  writeFileSync(join(directory, '7.segment'), deadSegment())
  expect(fold()).toBe(1)
  expect(scrape()).toMatchObject({ tutti_damaged_segments: 0, living_total: 5, dead_total: 7 })
})

test('a segment under the name of the ledger, and a ledger under that of a segment, are not counted twice', () => {
  const { directory, scrape, fold } = livingApp()
  writeFileSync(join(directory, '7.segment'), deadSegment())
  fold()
  writeFileSync(join(directory, '8.segment'), readFileSync(join(directory, 'ledger')))
  expect(scrape()).toMatchObject({ dead_total: 7, tutti_damaged_segments: 1 })
  rmSync(join(directory, '8.segment'))
  writeFileSync(join(directory, 'ledger'), deadSegment())
  expect(scrape()).toMatchObject({ living_total: 5, tutti_damaged_segments: 1 })
})

test("another user's segment is not believed", context => {
  if (process.getuid?.() !== 0) {
    notRun("another user's segment", 'giving a file away needs root')
    return context.skip()
  }
  const { directory, warnings, scrape } = livingApp()
  const path = join(directory, '7.segment')
  writeFileSync(path, deadSegment())
  chownSync(path, 12_345, 12_345)
  const samples = scrape()
  expect(samples).toMatchObject({ living_total: 5, tutti_damaged_segments: 1 })
  expect(samples).not.toHaveProperty('dead_total')
  expect(warnings[0]).toMatch(/belongs to user 12345, the directory to user 0/)
})

test('a process joins whatever stands in the directory already', async () => {
  const directory = temporaryDirectory()
  mkdirSync(directory, { mode: 0o700 })
  mkdirSync(join(directory, '0.segment'))
  symlinkSync('/nowhere', join(directory, '1.segment'))
  spawnSync('mkfifo', [join(directory, '2.segment')])
  writeFileSync(join(directory, '3.segment'), 'nothing')
  mkdirSync(join(directory, 'new-directory'))
  const { meter, page, warnings } = testProvider({ directory })
  meter.createCounter('orders').add(1)
  expect(await page()).toMatchObject({ orders_total: 1, tutti_writers: 1 })
  expect(warnings).toEqual([])
})
