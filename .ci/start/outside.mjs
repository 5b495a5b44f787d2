import { env } from 'node:process'
import { say } from '../prepare/progress.mjs'
import { startChild } from './child.mjs'
import { whenReady } from './when-ready.mjs'

/** The stub of the outside systems that the control plane works with. Not preloaded: it is no part of the service. */
export async function startOutside(end) {
  const child = startChild({
    name: 'outside world',
    args: ['dist/outside.mjs'],
    env: { ...env, NODE_OPTIONS: '' },
    onLine: line => say(`[outside world] ${line}`),
  })
  const { url } = await whenReady(child, end)
  let stopping = false
  // Not started again: its port, which everybody knows by now, may be another one's.
  child.ended.then(how => {
    if (!stopping)
      say(`The outside world (process ${child.pid}) ended unexpectedly with ${how}; connectors are down.`)
  })
  const wanted = work => () => {
    stopping = true
    return work()
  }
  return { pid: child.pid, url, stop: wanted(child.stop), kill: wanted(child.kill) }
}
