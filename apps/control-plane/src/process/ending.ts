/**
 * Runs `drain` once when the process is told to end or when the process that started it is gone, even by SIGKILL.
 * Then nothing is left to do and the process ends by itself; if something still holds it, it is cut off at the limit.
 */
export function onEnding(drain: () => Promise<void>, drainLimitMs: number): void {
  let ending = false
  const end = async (): Promise<void> => {
    if (ending) return
    ending = true
    setTimeout(() => process.exit(1), drainLimitMs).unref()
    try {
      await drain()
    } catch (error) {
      console.error(`Trouble while ending: ${error instanceof Error ? error.message : error}`)
      process.exitCode = 1
    }
    if (process.connected) process.disconnect()
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  process.on('SIGHUP', end)
  if (process.connected) process.on('disconnect', end)
}
