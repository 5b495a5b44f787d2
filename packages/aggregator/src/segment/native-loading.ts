import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads'

const KEY = 'tutti.loading.1'

/** How many threads are loading, written by them; and 1 once the process ends, written by the main thread. */
const LOADING = 0
const ENDING = 1

/** The end of the process waits at most this long for a thread that is loading; that takes some milliseconds. */
const WAIT_LIMIT_MS = 1_000

/**
 * Loads a native module so that the process can end meanwhile. When a process ends, Node stops its threads wherever
 * they are; a thread that is stopped while koffi binds itself makes the whole process abort (`napi_throw`, SIGABRT).
 * So whoever ends waits until no thread is loading, and a thread that comes later loads nothing any more. As with
 * mappings, threads learn of it by the environment data that they inherit from the main thread.
 */
export function loadNative<T>(load: () => T): T {
  const state = sharedState()
  if (isMainThread || state === undefined) return load()
  Atomics.add(state, LOADING, 1)
  try {
    // Only a process that does not end after all lets this thread go on.
    if (Atomics.load(state, ENDING) === 1) {
      leave(state)
      Atomics.wait(state, ENDING, 1, WAIT_LIMIT_MS)
      Atomics.add(state, LOADING, 1)
    }
    return load()
  } finally {
    leave(state)
  }
}

function leave(state: Int32Array): void {
  Atomics.sub(state, LOADING, 1)
  Atomics.notify(state, LOADING)
}

function sharedState(): Int32Array | undefined {
  const known: unknown = getEnvironmentData(KEY)
  if (known instanceof SharedArrayBuffer) return new Int32Array(known)
  if (!isMainThread) return undefined
  const made = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)
  setEnvironmentData(KEY, made)
  const state = new Int32Array(made)
  process.on('exit', () => waitForThreads(state))
  return state
}

function waitForThreads(state: Int32Array): void {
  Atomics.store(state, ENDING, 1)
  const deadline = performance.now() + WAIT_LIMIT_MS
  for (;;) {
    const loading = Atomics.load(state, LOADING)
    const remainingMs = deadline - performance.now()
    if (loading <= 0 || remainingMs <= 0) return
    Atomics.wait(state, LOADING, loading, remainingMs)
  }
}
