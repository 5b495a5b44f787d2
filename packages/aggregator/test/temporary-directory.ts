import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A directory on memory for one test, removed when the test is done. */
export function temporaryDirectory(): string {
  const parent = mkdtempSync('/dev/shm/tutti-test-')
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  return join(parent, 'segments')
}
