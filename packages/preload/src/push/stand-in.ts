/**
 * Where nobody handles a signal the process would die at once, and what it recorded last with it. So a listener of
 * ours stands in for as long as there is no other: it waits for the push, for `limitMs` at most, and then lets the
 * process die of that signal all the same. With the first listener of the app it steps aside: libraries count
 * listeners to find out whether the process ends without them.
 *
 * @returns whether somebody else handles the signal.
 */
export function standInForSignal(
  signal: 'SIGTERM' | 'SIGINT',
  push: () => Promise<unknown>,
  limitMs: number,
): () => boolean {
  let isDying = false
  const isHandled = (): boolean => process.listeners(signal).some(listener => listener !== onSignal)

  function onSignal(): void {
    if (isHandled()) return
    if (isDying) return die()
    isDying = true
    const deadline = setTimeout(die, limitMs)
    push().finally(() => {
      clearTimeout(deadline)
      die()
    })
  }

  function die(): void {
    isDying = true
    process.off(signal, onSignal)
    process.kill(process.pid, signal)
  }

  process.on('newListener', (event, listener) => {
    if (event !== signal || listener === onSignal) return
    // Not before the other one is there: Node stops to listen when the last listener leaves.
    process.nextTick(() => {
      if (isHandled()) process.off(signal, onSignal)
    })
  })
  process.on('removeListener', (event, listener) => {
    if (event !== signal || listener === onSignal || isDying) return
    if (process.listenerCount(signal) === 0) process.on(signal, onSignal)
  })
  if (process.listenerCount(signal) === 0) process.on(signal, onSignal)
  return isHandled
}
