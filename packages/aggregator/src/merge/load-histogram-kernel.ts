import { HISTOGRAM_KERNEL } from './histogram-kernel-bytes.ts'

/** What histogram-kernel.wat exports; all but counts are offsets in bytes. */
export interface HistogramKernel {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  add(
    places: number,
    count: number,
    cells: number,
    totals: number,
    lows: number,
    buckets: number,
    exact: number,
  ): void
}

/** What is used of WebAssembly: its types come with a browser's. */
interface Global {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object
    readonly Instance: new (module: object) => { readonly exports: HistogramKernel }
  }
}

let loaded: HistogramKernel | undefined
let isTried = false

/** One a thread. Undefined where there is no WebAssembly (`--jitless`), or none of its vector instructions. */
export function loadHistogramKernel(): HistogramKernel | undefined {
  if (isTried) return loaded
  isTried = true
  try {
    const { Module, Instance } = (globalThis as unknown as Global).WebAssembly
    loaded = new Instance(new Module(Buffer.from(HISTOGRAM_KERNEL, 'base64'))).exports
  } catch {}
  return loaded
}
