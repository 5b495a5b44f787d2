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
  return { pid: child.pid, url, stop: child.stop, kill: child.kill }
}
