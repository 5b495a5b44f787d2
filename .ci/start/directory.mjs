import { spawn } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env } from 'node:process'

// Waits until the other end of the pipe is gone. Those that still end would make the directory anew, since to them it was
// wiped; so it is removed until nobody has done that for a while.
const custodian = `
  trap '' INT TERM HUP
  cat >/dev/null
  absent=0
  for attempt in $(seq 60); do
    if [ -e "$1" ]; then absent=0; else absent=$((absent + 1)); fi
    [ "$absent" -lt 10 ] || exit 0
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
      // Everybody has ended by now.
      child.kill('SIGKILL')
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
