import { createRequire } from 'node:module'
import { isMainThread, workerData } from 'node:worker_threads'
import { takePm2Environment } from './guard/pm2-environment.ts'
import { type Refusal, refuse } from './guard/refuse.ts'
import { environmentOfThread, shareWithThreads } from './guard/thread-environment.ts'
import { say } from './say.ts'

const loadedKey = Symbol.for('tutti.preload')
const globals = globalThis as { [loadedKey]?: true }

takePm2Environment(process.env)
const env = environmentOfThread(process.env)

/**
 * The entry for both `--require` and `--import`: one CommonJS file, so there is one instance however often
 * and by whatever way it is loaded. What it starts is only loaded when it is wanted.
 */
const refusal: Refusal | undefined = globals[loadedKey]
  ? 'loaded already'
  : refuse({ env, script: process.argv[1], isMainThread, workerData })

if (refusal === undefined) {
  globals[loadedKey] = true
  try {
    const { start } = createRequire(import.meta.url)('./start.cjs') as typeof import('./start.ts')
    start(env)
  } catch (error) {
    say(`did not start, the app runs without metrics: ${String(error)}`)
  }
}
shareWithThreads(env)
