import { readdirSync, readFileSync, statSync } from 'node:fs'
import type { BatchObservableCallback, Meter } from '@opentelemetry/api'
import { rarely } from './recent.ts'

/**
 * Threads and open file descriptors, which Linux tells in `/proc`; other systems have no such series. Descriptors are
 * a gauge although the conventions count them up and down: their limit holds for one process, so neither may add up.
 */
export function observeProcFiles(meter: Meter, folder = '/proc/self'): () => void {
  if (readThreadCount(folder) === undefined) return () => {}
  const threads = meter.createObservableUpDownCounter('process.thread.count', {
    description: 'Process threads count.',
    unit: '{thread}',
  })
  const descriptors = meter.createObservableGauge('process.unix.file_descriptor.count', {
    description: 'Number of UNIX file descriptors in use by the process.',
    unit: '{file_descriptor}',
  })
  const limit = meter.createObservableGauge('process.unix.file_descriptor.limit', {
    description: 'Number of UNIX file descriptors that the process may use.',
    unit: '{file_descriptor}',
  })
  const descriptorLimit = rarely(() => readDescriptorLimit(folder))
  const slowCount = rarely(() => listDescriptors(folder))

  const observe: BatchObservableCallback = result => {
    const observations = [
      [threads, readThreadCount(folder)],
      [descriptors, readDescriptorCount(folder) ?? slowCount()],
      [limit, descriptorLimit()],
    ] as const
    for (const [instrument, value] of observations) {
      if (value !== undefined) result.observe(instrument, value)
    }
  }
  const observed = [threads, descriptors, limit]
  meter.addBatchObservableCallback(observe, observed)
  return () => meter.removeBatchObservableCallback(observe, observed)
}

/** Field 20 of `stat`. The second is the program's name, which may hold anything, so fields count from behind it. */
function readThreadCount(folder: string): number | undefined {
  const text = read(`${folder}/stat`)
  return text === undefined ? undefined : count(text.slice(text.lastIndexOf(')') + 2).split(' ')[17])
}

/** Since Linux 6.2 the folder's size is how many descriptors it lists, which takes microseconds to learn. */
function readDescriptorCount(folder: string): number | undefined {
  try {
    return statSync(`${folder}/fd`).size || undefined
  } catch {
    return undefined
  }
}

/** What it takes on older kernels: milliseconds for thousands of descriptors, so it is not done every second. */
function listDescriptors(folder: string): number | undefined {
  try {
    // One of them is the listing's own.
    return readdirSync(`${folder}/fd`).length - 1
  } catch {
    return undefined
  }
}

function readDescriptorLimit(folder: string): number | undefined {
  return count(/^Max open files +(\d+)/m.exec(read(`${folder}/limits`) ?? '')?.[1])
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return undefined
  }
}
