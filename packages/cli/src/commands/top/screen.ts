import { cut } from '../../terminal/cut.ts'

export interface ScreenEvents {
  onKey(key: string): void
  onResize(): void
}

export interface Size {
  readonly columns: number
  readonly rows: number
}

const ENTER = '\x1b[?1049h\x1b[?25l'
const LEAVE = '\x1b[?25h\x1b[?1049l'
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The whole terminal, given back as it was: at the end, at a signal, at a crash, and while stopped by Ctrl-Z. */
export class Screen {
  #isOpen = false
  #isOver = false
  #wake: () => void = () => {}
  #events: ScreenEvents | undefined

  /** Returns what waits for the next picture, or for the end: then true. */
  open(events: ScreenEvents): { within(ms: number): Promise<boolean> } {
    this.#events = events
    process.on('exit', this.#leave)
    for (const signal of SIGNALS) process.on(signal, this.#end)
    process.on('SIGCONT', this.#continue)
    process.stdout.on('resize', events.onResize)
    process.stdin.on('data', this.#read)
    process.stdin.on('end', this.#end)
    this.#enter()
    return {
      within: async ms => {
        if (this.#isOver) return true
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, ms)
          this.#wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        return this.#isOver
      },
    }
  }

  size(): Size {
    return { columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }
  }

  /** Only what differs is worth a flicker: lines are overwritten, not cleared first. */
  draw(lines: readonly string[]): void {
    if (!this.#isOpen) return
    const { columns, rows } = this.size()
    const shown = lines.slice(0, rows).map(line => `${cut(line, columns)}\x1b[K`)
    process.stdout.write(`\x1b[H${shown.join('\r\n')}\x1b[J`)
  }

  close(): void {
    this.#leave()
    process.off('exit', this.#leave)
    for (const signal of SIGNALS) process.off(signal, this.#end)
    process.off('SIGCONT', this.#continue)
    if (this.#events !== undefined) process.stdout.off('resize', this.#events.onResize)
    process.stdin.off('data', this.#read)
    process.stdin.off('end', this.#end)
    process.stdin.pause()
  }

  #enter(): void {
    this.#isOpen = true
    process.stdin.setRawMode(true)
    process.stdin.resume()
    process.stdout.write(ENTER)
  }

  #leave = (): void => {
    if (!this.#isOpen) return
    this.#isOpen = false
    process.stdin.setRawMode(false)
    process.stdout.write(LEAVE)
  }

  #end = (): void => {
    this.#isOver = true
    this.#wake()
  }

  /** In raw mode Ctrl-C and Ctrl-Z are bytes like others. */
  #read = (data: Buffer): void => {
    for (const key of data.toString()) {
      if (key === 'q' || key === '\x03' || key === '\x04') return this.#end()
      if (key === '\x1a') this.#stop()
      else this.#events?.onKey(key)
    }
  }

  #stop(): void {
    this.#leave()
    process.kill(process.pid, 'SIGSTOP')
  }

  #continue = (): void => {
    if (this.#isOver) return
    if (!this.#isOpen) this.#enter()
    this.#events?.onResize()
  }
}
