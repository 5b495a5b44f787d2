import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { SharedMeterProvider } from '@tutti/aggregator'
import { expect, test } from 'vitest'
import { repository } from '../../src/repository.ts'

const page = readFileSync(join(repository, 'docs/segment-format.md'), 'utf8')

test('who knows only the page finds a counted value in a real segment', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-format-'))
  const provider = new SharedMeterProvider({ directory })
  try {
    provider.getMeter('shop').createCounter('orders').add(42, { country: 'ch' })
    const file = readFileSync(join(directory, '0.segment'))
    const [header, row, entry] = [/## Header/, /## A row/, /## An entry/].map(offsetsBelow)
    const number = valuesOf('ENTRY_KIND')
    const chunkKind = valuesOf('CHUNK_KIND')

    expect(file.toString('latin1', header.magic, header.magic + 4)).toBe('TUTT')
    expect(file.readUInt32LE(header.checksum)).toBe(crc32(file.subarray(0, header.checksum)))
    expect(file.readDoubleLE(header.pid)).toBe(process.pid)

    const chunks = Array.from({ length: file.readUInt32LE(header.chunkCount) }, (_, index) => {
      const at = header.chunkTable + index * 16
      return { kind: file.readUInt32LE(at + row.kind), at: file.readUInt32LE(at + row.page) * 4096 }
    })
    const { at: begin } = chunks.find(({ kind }) => kind === chunkKind.entries)!
    for (let at = begin; ; at += file.readUInt32LE(at + entry.bytes)) {
      expect(file.readUInt32LE(at + entry.bytes), 'the entries end without the series').toBeGreaterThan(0)
      if (file.readUInt16LE(at + entry.kind) !== number.series) continue
      const text = file.toString(
        'utf8',
        at + entry.text,
        at + entry.text + file.readUInt32LE(at + entry.textBytes),
      )
      if (!text.includes('country')) continue
      const cells = chunks[file.readUInt32LE(at + entry.chunk)].at
      expect(file.readDoubleLE(cells + file.readUInt32LE(at + entry.slot) * 8)).toBe(42)
      return
    }
  } finally {
    await provider.shutdown()
    rmSync(directory, { recursive: true })
  }
})

/** `{ magic: 0, ... }`, from the first table below a heading. */
function offsetsBelow(heading: RegExp): Record<string, number> {
  const [, below] = page.split(heading)
  const rows = below.split(/^\| `/m)[0].matchAll(/^\| (\d+) +\| [^|]* \| `(\w+)`/gm)
  return Object.fromEntries([...rows].map(([, offset, name]) => [name, Number(offset)]))
}

/** `{ entries: 1, ... }`, from the table that is headed by the constant's name. */
function valuesOf(constant: string): Record<string, number> {
  const [, below] = page.split(new RegExp(`^\\| \`${constant}\` `, 'm'))
  const rows = below.split('\n\n')[0].matchAll(/^\| `(\w+)` +\| (\d+)/gm)
  return Object.fromEntries([...rows].map(([, name, value]) => [name, Number(value)]))
}
