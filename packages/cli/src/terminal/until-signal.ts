export interface UntilSignal {
  /** Waits so long, or until a signal came: then true. */
  within(ms: number): Promise<boolean>
}

/** Turns SIGINT, SIGTERM and SIGHUP into an orderly end. A second one ends the process at once. */
export function untilSignal(): UntilSignal {
  let isOver = false
  let wake = () => {}
  const over = () => {
    if (isOver) process.exit(1)
    isOver = true
    wake()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, over)
  return {
    async within(ms: number): Promise<boolean> {
      if (isOver) return true
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, ms)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      return isOver
    },
  }
}
