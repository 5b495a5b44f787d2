/**
 * Preloaded into a program that is to be killed: counts its steps, and kills the process with SIGKILL before or
 * after the n-th. A step is a synchronous call of the file system, of the C library, or a store into an entry or with
 * which something is published. The program says `begin` when what comes before it does not matter any more.
 *
 * TEST_STEP: n and `before` or `after`, as `17 before`; or a time in microseconds, as `1200 us`.
 * TEST_NOTES: a file in which the program says what it has begun and finished, which survives it.
 */
const fs = require('node:fs')
const { syncBuiltinESMExports } = require('node:module')
const { Worker } = require('node:worker_threads')

const { writeSync } = fs
const notes = fs.openSync(process.env.TEST_NOTES, 'r+')
const [at, when] = (process.env.TEST_STEP ?? '0 never').split(' ')
let counting = false
let steps = 0

function step(call) {
  return (...args) => {
    if (!counting) return call(...args)
    steps++
    if (steps === Number(at) && when === 'before') die()
    const number = steps
    try {
      return call(...args)
    } finally {
      if (number === Number(at) && when === 'after') die()
    }
  }
}

function die() {
  process.kill(process.pid, 'SIGKILL')
  for (;;);
}

for (const name of Object.keys(fs)) if (/^[a-z]+Sync$/.test(name)) fs[name] = step(fs[name])
syncBuiltinESMExports()
Atomics.store = step(Atomics.store)
// The fields of an entry are stored in this way, its checksum last.
const { writeUInt32LE } = Buffer.prototype
Buffer.prototype.writeUInt32LE = function (...args) {
  return step(() => writeUInt32LE.apply(this, args))()
}

const koffi = require('koffi')
const { load } = koffi
koffi.load = (...args) => {
  const lib = load(...args)
  return { func: (...signature) => step(lib.func(...signature)) }
}

/** From another thread, so that it also hits between two steps. */
function dieIn(microseconds) {
  const ready = new Int32Array(new SharedArrayBuffer(4))
  const source = `
    const { ready, ms } = require('node:worker_threads').workerData
    const end = performance.now() + ms
    Atomics.add(ready, 0, 1)
    Atomics.notify(ready, 0)
    while (performance.now() < end);
    process.kill(process.pid, 'SIGKILL')`
  new Worker(source, { eval: true, execArgv: [], workerData: { ready, ms: microseconds / 1_000 } }).unref()
  while (Atomics.load(ready, 0) === 0) Atomics.wait(ready, 0, 0, 1_000)
}

process.steps = {
  begin() {
    if (when === 'us') dieIn(Number(at))
    counting = when !== 'us'
  },
  /** Writes a number into place `index` of the notes. */
  note(index, value) {
    writeSync(notes, new Uint8Array(Float64Array.of(value).buffer), 0, 8, index * 8)
  },
  count: () => steps,
}
