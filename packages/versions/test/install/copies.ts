import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { VersionSet } from '../../src/index.ts'

/** Each package of the set is there once, in its version, and no other one of OpenTelemetry is. */
export function expectOneCopyOfEach(folder: string, { packages }: VersionSet): void {
  const expected = Object.entries(packages).map(([name, version]) => [name, [version]])
  expect(opentelemetryCopies(folder)).toEqual(Object.fromEntries(expected))
}

/** The versions of every copy of an OpenTelemetry package below a folder, by name; links are not followed. */
function opentelemetryCopies(folder: string): Record<string, string[]> {
  const copies: Record<string, string[]> = {}
  for (const path of packagesBelow(folder)) {
    const { name, version } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as {
      name: string
      version: string
    }
    if (name.startsWith('@opentelemetry/')) copies[name] = [...(copies[name] ?? []), version].sort()
  }
  return copies
}

function* packagesBelow(folder: string): Iterable<string> {
  for (const path of foldersIn(join(folder, 'node_modules'))) {
    if (path.endsWith('/.pnpm')) {
      for (const stored of foldersIn(path)) yield* packagesBelow(stored)
      continue
    }
    const packages = /\/@[^/]+$/.test(path) ? [...foldersIn(path)] : [path]
    for (const each of packages) {
      if (existsSync(join(each, 'package.json'))) yield each
      yield* packagesBelow(each)
    }
  }
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => join(folder, entry.name))
}
