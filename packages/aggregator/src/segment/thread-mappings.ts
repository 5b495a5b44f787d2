import {
  getEnvironmentData,
  isMainThread,
  setEnvironmentData,
  threadId,
  type Worker,
} from 'node:worker_threads'
import type { Libc } from './libc.ts'

/**
 * Unmaps what threads have mapped, once they are gone: a process that starts and ends thousands of threads would
 * keep the segments of all of them in memory.
 *
 * A thread can't do it itself: while any of its code may still run, a handle may still store. So every thread notes
 * its mappings in a table that all threads share, and whoever started a thread unmaps them when it has ended. At
 * Node's `exit` event of a worker its thread is joined: nothing in it can run again. The table reaches a thread with
 * the environment data that it inherits, so the main thread must have made it before: a thread whose starter does not
 * record metrics itself keeps its mappings until the process ends, as does one that finds the table full.
 *
 * A row is three numbers of 64 bits, written by the thread: address, bytes, and last the thread's id, which the thread
 * that unmaps exchanges for zero. Two copies of this package share one table and never unmap anything twice.
 */
const ROWS = 4_096
const ROW_WORDS = 3
const ROW = { owner: 0, address: 1, bytes: 2 } as const
const KEY = 'tutti.mappings.1'

let table: BigInt64Array | undefined
let following = false

/** Notes a mapping of this thread. Call it before anything else can end the thread: right after mapping. */
export function rememberMapping(libc: Libc, memory: ArrayBuffer): void {
  const rows = sharedTable()
  if (rows === undefined) return
  followThreads(libc, rows)
  if (isMainThread) return
  const owner = BigInt(threadId)
  for (let row = 0; row < ROWS; row++) {
    const at = row * ROW_WORDS
    // A row of ours says that it is taken before it says what it holds.
    if (Atomics.compareExchange(rows, at + ROW.owner, 0n, -1n) !== 0n) continue
    rows[at + ROW.address] = libc.addressOf(memory)
    rows[at + ROW.bytes] = BigInt(memory.byteLength)
    Atomics.store(rows, at + ROW.owner, owner)
    return
  }
}

/** The table of this process: made by the main thread, inherited by the others. */
function sharedTable(): BigInt64Array | undefined {
  if (table !== undefined) return table
  let shared: unknown = getEnvironmentData(KEY)
  if (shared === undefined && isMainThread) {
    shared = new SharedArrayBuffer(ROWS * ROW_WORDS * 8)
    setEnvironmentData(KEY, shared as SharedArrayBuffer)
  }
  if (shared instanceof SharedArrayBuffer) table = new BigInt64Array(shared)
  return table
}

/** Waits for the end of every thread that this one starts. Keeps nothing alive. */
function followThreads(libc: Libc, rows: BigInt64Array): void {
  if (following) return
  following = true
  process.on('worker', (worker: Worker) => {
    const owner = BigInt(worker.threadId)
    worker.once('exit', () => unmapAll(libc, rows, owner))
  })
}

function unmapAll(libc: Libc, rows: BigInt64Array, owner: bigint): void {
  for (let row = 0; row < ROWS; row++) {
    const at = row * ROW_WORDS
    if (Atomics.load(rows, at + ROW.owner) !== owner) continue
    const [address, bytes] = [rows[at + ROW.address], rows[at + ROW.bytes]]
    if (Atomics.compareExchange(rows, at + ROW.owner, owner, -1n) !== owner) continue
    libc.unmap(address, Number(bytes))
    Atomics.store(rows, at + ROW.owner, 0n)
  }
}
