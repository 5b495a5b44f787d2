import { spawn } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env } from 'node:process'

// Waits until the other end of the pipe is gone; then those that still write get a moment to end.
const custodian = `
  trap '' INT TERM HUP
  cat >/dev/null
  for attempt in 1 2 3 4 5 6 7 8 9 10; do
    [ -e "$1" ] || exit 0
    sleep 1
    rm -rf -- "$1"
  done
`

/** The metrics directory that the API and the job worker share, in memory where that is possible. */
export async function makeDirectory() {
  if (env.TUTTI_DIR) return { path: env.TUTTI_DIR, stop: async () => undefined }
  const path = mkdtempSync(join(memoryFolder(), 'tutti-start-'))
  // It removes the directory even if this process is killed.
  const child = spawn('sh', ['-c', custodian, 'sh', path], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.on('error', () => undefined)
  return {
    path,
    async stop() {
      rmSync(path, { recursive: true, force: true, maxRetries: 5 })
      child.stdin.end()
    },
  }
}

function memoryFolder() {
  try {
    accessSync('/dev/shm', constants.W_OK)
    return '/dev/shm'
  } catch {
    return tmpdir()
  }
}
