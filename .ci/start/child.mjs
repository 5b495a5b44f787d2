import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { root } from '../prepare/root.mjs'

const forceAfterMs = 15_000
const saidEverythingLimitMs = 1_000

/**
 * Starts one of the sample backend's processes. `ready` resolves when it says that it serves, `ended` when it is gone.
 * It is in a process group of its own, so that Ctrl-C in the terminal does not reach it before we have decided in
 * which order things end; through the IPC channel it notices when we are gone.
 */
export function startChild({ name, args, env, onLine }) {
  const child = spawn(process.execPath, args, {
    cwd: `${root}/apps/control-plane`,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine)
  const messages = new Map()
  child.on('message', message => {
    for (const [kind, resolve] of messages) if (kind in message) resolve(message)
  })
  const messageOf = kind => new Promise(resolve => messages.set(kind, resolve))

  const ready = messageOf('ready')
  const ended = new Promise(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  // Its last lines have been read by then. Somebody below it may hold on to the pipes, so this has a limit.
  const closed = new Promise(resolve => child.once('close', resolve))
  const saidEverything = () => Promise.race([closed, wait(saidEverythingLimitMs, undefined, { ref: false })])
  return {
    name,
    pid: child.pid,
    ready,
    ended,
    saidEverything,
    send: message => child.connected && child.send(message),
    async stop() {
      child.kill('SIGTERM')
      const force = setTimeout(() => killGroup(child.pid), forceAfterMs)
      await ended
      clearTimeout(force)
      // If it was killed, what it had started may still be on its way out.
      killGroup(child.pid)
      await saidEverything()
    },
    kill: () => killGroup(child.pid),
  }
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody is left in it.
  }
}
