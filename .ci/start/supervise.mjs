import { setTimeout as wait } from 'node:timers/promises'
import { say } from '../prepare/progress.mjs'
import { startChild } from './child.mjs'
import { whenReady } from './when-ready.mjs'

const restartLimit = 5
const restartWindowMs = 60_000
const restartAfterMs = 1_000

/** Runs a process, says plainly when it ends by itself, and starts it again unless that happens too often. */
export async function supervise({ name, args, env }, end) {
  const endedAtMs = []
  let stopping = false
  let child = startChild({ name, args, env, onLine: line => say(`[${name}] ${line}`) })
  let current = await whenReady(child, end)

  const watch = async () => {
    const how = await child.ended
    if (stopping) return
    endedAtMs.push(Date.now())
    child.kill()
    if (endedAtMs.filter(atMs => atMs > Date.now() - restartWindowMs).length > restartLimit) {
      end.fail(
        new Error(`The ${name} ended ${restartLimit + 1} times within a minute, the last time with ${how}.`),
      )
      return
    }
    say(`The ${name} (process ${child.pid}) ended unexpectedly with ${how}; starting it again.`)
    await wait(restartAfterMs)
    if (stopping) return
    child = startChild({ name, args, env, onLine: line => say(`[${name}] ${line}`) })
    child.ready.then(message => {
      current = message
      say(`The ${name} runs again as process ${child.pid}${workersOf(message)}.`)
    })
    void watch()
  }
  void watch()

  return {
    get pid() {
      return child.pid
    },
    get workers() {
      return current.pids
    },
    async stop() {
      stopping = true
      await child.stop()
    },
    kill() {
      stopping = true
      child.kill()
    },
  }
}

function workersOf({ pids }) {
  return pids.length > 0 ? ` with workers ${pids.join(', ')}` : ''
}
