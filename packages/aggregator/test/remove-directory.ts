import { rmSync } from 'node:fs'
import { onTestFinished } from 'vitest'

/** Removes a directory that a process under test chose itself, when the test is done. */
export function removeDirectory(directory: string): void {
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 }))
}
