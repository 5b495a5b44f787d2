import { type Koffi, loadKoffi } from './koffi.ts'
import { loadNative } from './native-loading.ts'

/** The calls of the C library that Node does not offer. Constants are those of Linux. */
export interface Libc {
  /** Maps `bytes` of an open file, shared and writable. Throws {@link LibcError}. */
  map(fd: number, offsetBytes: number, bytes: number): ArrayBuffer
  /** Maps another file in the place of what {@link map} returned: who holds the memory writes there from now on. */
  remap(memory: ArrayBuffer, fd: number, offsetBytes: number): void
  /** Where {@link map} put it. */
  addressOf(memory: ArrayBuffer): bigint
  /** Only for memory that no code can reach any more: a store to it would end the process. */
  unmap(address: bigint, bytes: number): void
  /** Allocates the blocks of a range of a file, so that no later store can hit a full disk. Throws {@link LibcError}. */
  allocate(fd: number, offsetBytes: number, bytes: number): void
  /** `flock` without waiting. False when somebody else holds it. */
  lock(fd: number, mode: 'exclusive' | 'shared'): boolean
  unlock(fd: number): void
}

/** A failed call: `code` is the symbolic errno (`ENOSPC`), or the number where it is not a usual one. */
export class LibcError extends Error {
  readonly code: string
  constructor(call: string, errno: number) {
    const code = ERRNO[errno] ?? `errno ${errno}`
    super(`${call} failed: ${code}`)
    this.name = 'LibcError'
    this.code = code
  }
}

const ERRNO: Record<number, string> = {
  1: 'EPERM',
  5: 'EIO',
  9: 'EBADF',
  12: 'ENOMEM',
  13: 'EACCES',
  22: 'EINVAL',
  27: 'EFBIG',
  28: 'ENOSPC',
  95: 'EOPNOTSUPP',
  122: 'EDQUOT',
}
const EINTR = 4
const PROT_READ_WRITE = 3
const MAP_SHARED = 1
const MAP_FIXED = 16
const LOCK = { shared: 1, exclusive: 2, withoutWaiting: 4, unlock: 8 }
const MAP_FAILED = 0xffff_ffff_ffff_ffffn

let loaded: { libc: Libc } | { unavailable: string } | undefined

/**
 * The C library through `koffi`, or the reason why there is none: no prebuilt binary for this platform, an
 * install without optional packages, or a system other than Linux. Loaded once, when first asked for.
 */
export function loadLibc(): { libc: Libc } | { unavailable: string } {
  loaded ??= bind()
  return loaded
}

/** The same for those who do without, whatever the reason. */
export function libcIfThere(): Libc | undefined {
  const loaded = loadLibc()
  return 'libc' in loaded ? loaded.libc : undefined
}

function bind(): { libc: Libc } | { unavailable: string } {
  if (process.platform !== 'linux')
    return { unavailable: `memory mapping is not supported on ${process.platform}` }
  try {
    return { libc: loadNative(() => bindFunctions(loadKoffi())) }
  } catch (error) {
    return { unavailable: `koffi did not load: ${String((error as Error)?.message ?? error).split('\n')[0]}` }
  }
}

function bindFunctions(koffi: Koffi): Libc {
  const lib = koffi.load(null)
  const mmap = lib.func(
    'void *mmap(void *address, size_t bytes, int protection, int flags, int fd, int64_t offset)',
  )
  const mmapAt = lib.func(
    'void *mmap(uint64_t address, size_t bytes, int protection, int flags, int fd, int64_t offset)',
  )
  const munmap = lib.func('int munmap(uint64_t address, size_t bytes)')
  const addresses = new WeakMap<ArrayBuffer, bigint>()
  const posixFallocate = lib.func('int posix_fallocate(int fd, int64_t offset, int64_t bytes)')
  const flock = lib.func('int flock(int fd, int operation)')

  return {
    map(fd, offsetBytes, bytes) {
      const address = mmap(null, bytes, PROT_READ_WRITE, MAP_SHARED, fd, offsetBytes)
      if (address === null || koffi.address(address) === MAP_FAILED)
        throw new LibcError('mmap', koffi.errno())
      const memory = koffi.view(address, bytes)
      addresses.set(memory, koffi.address(address))
      return memory
    },
    remap(memory, fd, offsetBytes) {
      const flags = MAP_SHARED | MAP_FIXED
      const address = mmapAt(
        addresses.get(memory),
        memory.byteLength,
        PROT_READ_WRITE,
        flags,
        fd,
        offsetBytes,
      )
      if (address === null || koffi.address(address) === MAP_FAILED)
        throw new LibcError('mmap', koffi.errno())
    },
    addressOf(memory) {
      return addresses.get(memory) ?? 0n
    },
    unmap(address, bytes) {
      munmap(address, bytes)
    },
    allocate(fd, offsetBytes, bytes) {
      // posix_fallocate returns the error instead of setting errno. A signal may interrupt it half-way.
      let errno: number
      do errno = posixFallocate(fd, offsetBytes, bytes)
      while (errno === EINTR)
      if (errno !== 0) throw new LibcError('posix_fallocate', errno)
    },
    lock(fd, mode) {
      return flock(fd, LOCK[mode] | LOCK.withoutWaiting) === 0
    },
    unlock(fd) {
      flock(fd, LOCK.unlock)
    },
  }
}
