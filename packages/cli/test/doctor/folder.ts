import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Vitest runs it once for all files: a folder for the services that they share, gone with them. */
export function setup(): void {
  process.env.TUTTI_SERVICES_FOLDER = mkdtempSync(join(tmpdir(), 'tutti-services-'))
}

/** Thousands of files: meanwhile vitest ends its workers. */
export async function teardown(): Promise<void> {
  await rm(process.env.TUTTI_SERVICES_FOLDER!, { recursive: true, force: true, maxRetries: 5 })
}
