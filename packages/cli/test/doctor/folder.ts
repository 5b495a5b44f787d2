import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Vitest runs it once for all files: a folder for the services that they share, gone with them. */
export function setup(): void {
  process.env.TUTTI_SERVICES_FOLDER = mkdtempSync(join(tmpdir(), 'tutti-services-'))
}

export function teardown(): void {
  rmSync(process.env.TUTTI_SERVICES_FOLDER!, { recursive: true, force: true, maxRetries: 5 })
}
