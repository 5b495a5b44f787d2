import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A directory on memory for one test, removed when the test is done. */
export function temporaryDirectory(): string {
  const parent = mkdtempSync('/dev/shm/tutti-test-')
  // Workers whose primary was killed a moment ago may still write here.
  onTestFinished(() => rmSync(parent, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 }))
  return join(parent, 'segments')
}
