import { onFirstMessage } from './channel.ts'
import type { Instrumentation, InstrumentationContext } from './instrumentation.ts'

/**
 * Starts what is eager of an instrumentation, and the rest when its library is first loaded or heard of. Throws what
 * the eager part throws; the rest is started by the app's own code, and says one line instead.
 */
export function startOne(
  name: string,
  { eager, files = {}, channels = [], load }: Instrumentation,
  context: InstrumentationContext,
): () => void {
  const stops: (() => void)[] = []
  const waits: (() => void)[] = []
  let isWaiting = true

  function endWait(): void {
    isWaiting = false
    for (const stopWaiting of waits.splice(0)) stopWaiting()
  }

  function startRest(): void {
    if (!isWaiting) return
    endWait()
    try {
      if (load !== undefined) stops.push(load()(context))
    } catch (error) {
      context.warn(`instrumentation ${name} did not start and is off: ${String(error)}`)
    }
  }

  if (eager !== undefined) stops.push(eager(context))
  for (const channel of channels) waits.push(onFirstMessage(channel, startRest))
  for (const [packageName, names] of Object.entries(files))
    for (const file of names) context.hook.onLoad(packageName, file, startRest)
  return () => {
    endWait()
    for (const stop of stops) stop()
  }
}
