import { closeSync, openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'

export type Koffi = typeof import('koffi').default

/**
 * Loads `koffi` without its JavaScript where that is possible: 30 KB in four files, which find the binary, wrap its
 * functions and load `node:child_process`-sized parts of Node on the way. By `require` koffi takes 7.3 ms of CPU of every
 * process and of every thread, the binary alone 1.3. Where it is not found, or isn't what we expect, koffi finds
 * it; throws what koffi throws.
 *
 * Version 3.0.2 on purpose: 3.1 to 3.3 keep what they allocate for a thread when it ends (`InstanceData`, of which its
 * sync stack and heap alone are two to three mappings), which a process that starts a thread a job does not survive.
 * The test of thread-mappings.ts counts them.
 */
export function loadKoffi(): Koffi {
  const load = createRequire(import.meta.url)
  const main = load.resolve('koffi')
  const known = load.cache[main]
  return known?.loaded ? known.exports : (loadBinary(main) ?? load('koffi'))
}

/** koffi's own names for what it has binaries of; on other processors these depend on more than the processor. */
const PROCESSORS: readonly string[] = ['x64', 'arm64']

/** What is used of koffi, which the binary has itself. */
const FUNCTIONS = ['load', 'view', 'address', 'errno'] as const

function loadBinary(main: string): Koffi | undefined {
  const { platform, arch } = process
  if (platform !== 'linux' || !PROCESSORS.includes(arch)) return undefined
  try {
    const libc = libcOfNode()
    if (libc === undefined) return undefined
    const binary = createRequire(main).resolve(`@koromix/koffi-linux-${arch}/${libc}_${arch}/koffi.node`)
    const loaded = { exports: {} as Koffi }
    process.dlopen(loaded, binary)
    return FUNCTIONS.every(name => typeof loaded.exports[name] === 'function') ? loaded.exports : undefined
  } catch {
    return undefined
  }
}

const HEADER_BYTES = 4_096

/**
 * Which C library Node itself is linked with, in the words of koffi's folders. Its interpreter is named at the
 * beginning of the file; binaries for the other library might load, and must not.
 */
function libcOfNode(): 'linux' | 'musl' | undefined {
  const fd = openSync(process.execPath, 'r')
  try {
    const header = Buffer.allocUnsafe(HEADER_BYTES)
    const text = header.toString('latin1', 0, readSync(fd, header, 0, HEADER_BYTES, 0))
    if (text.includes('/ld-musl-')) return 'musl'
    return text.includes('/ld-linux') ? 'linux' : undefined
  } finally {
    closeSync(fd)
  }
}
