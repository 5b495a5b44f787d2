import { fstatSync, readFileSync } from 'node:fs'

/** Calls back when somebody presses Enter, where there may be somebody. */
export function onEnter(action) {
  if (!mayBeTypedInto()) return
  process.stdin.once('data', action)
  process.stdin.once('error', () => undefined)
  // Waiting for Enter is no reason to keep running.
  process.stdin.unref?.()
}

function mayBeTypedInto() {
  if (process.stdin.isTTY) return !inBackground()
  try {
    const input = fstatSync(0)
    return input.isFIFO() || input.isSocket()
  } catch {
    return false
  }
}

// Reading from a terminal that belongs to another job would stop this one. Field 5 is our process group, field 8 the
// one that has the terminal.
function inBackground() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ')
    return fields[2] !== fields[5]
  } catch {
    return false
  }
}
