import { say } from '../prepare/progress.mjs'
import { startChild } from './child.mjs'

/** Starts the traffic. It is not preloaded: what it does is not to be recorded twice. */
export async function startTraffic(env) {
  const child = startChild({
    name: 'traffic',
    args: ['dist/traffic.mjs'],
    env: { ...env, NODE_OPTIONS: '' },
    onLine: line => say(`[traffic] ${line}`),
  })
  await Promise.race([child.ready, child.ended])
  let finished = false
  child.ended.then(how => {
    finished = true
    if (how !== 'exit code 0') say(`The traffic (process ${child.pid}) ended unexpectedly with ${how}.`)
  })
  return {
    pid: child.pid,
    /** Stops sending; what is under way is answered, then it says how many requests it sent. */
    finish: () => child.send('stop'),
    stop: () => (finished ? Promise.resolve() : child.stop()),
    kill: child.kill,
  }
}
