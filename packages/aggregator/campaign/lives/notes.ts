import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'

/** What a process has done, as it noted it down itself: the truth to hold the page against. */
export interface Notes {
  readonly begun: number
  readonly finished: number
}

/** Notes two numbers in a file in such a way that a kill at any moment leaves each of them whole. */
export class NoteBook {
  readonly #fd: number
  readonly #number = new Float64Array(1)
  readonly #bytes = new Uint8Array(this.#number.buffer)

  constructor(path: string) {
    this.#fd = openSync(path, 'w')
    this.finish(0)
    this.begin(0)
  }

  begin(operations: number): void {
    this.#write(operations, 0)
  }

  finish(operations: number): void {
    this.#write(operations, 8)
  }

  close(): void {
    closeSync(this.#fd)
  }

  #write(value: number, offset: number): void {
    this.#number[0] = value
    writeSync(this.#fd, this.#bytes, 0, 8, offset)
  }
}

/** Nothing when the process died before its first note. */
export function readNotes(path: string): Notes {
  const bytes = readFileSync(path)
  if (bytes.length < 16) return { begun: 0, finished: 0 }
  return { begun: bytes.readDoubleLE(0), finished: bytes.readDoubleLE(8) }
}
