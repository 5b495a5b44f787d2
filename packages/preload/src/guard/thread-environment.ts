import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads'

const KEY = 'tutti.environment'

/**
 * What this thread is configured by. A worker thread may be given an environment of its own (`env: {}`), which lacks
 * where its process' segments are; so what concerns us is taken from the process, and added to a copy: what an app
 * keeps from its thread it does not find there because of us.
 */
export function environmentOfThread(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ofProcess = isMainThread ? undefined : (getEnvironmentData(KEY) as NodeJS.ProcessEnv | undefined)
  if (ofProcess === undefined || env.TUTTI_INHERITED !== undefined) return env
  return { ...ofProcess, ...env }
}

/** Hands what concerns us to all threads that this process will have. */
export function shareWithThreads(env: NodeJS.ProcessEnv): void {
  if (!isMainThread) return
  setEnvironmentData(
    KEY,
    Object.fromEntries(Object.entries(env).filter(([name]) => /^(?:OTEL|TUTTI)_/.test(name))),
  )
}
