import { isMainThread } from 'node:worker_threads'
import { standInForSignal } from './stand-in.ts'

/** The end of an app waits at most this long for its last push, all ways to end taken together. */
export const LAST_PUSH_MS = 2_000

/** How often is pushed once the app was told to end: it may call `process.exit` any moment. */
const PUSH_OFTEN_MS = 200

type Push = () => Promise<unknown>
type Emit = (this: NodeJS.Process, event: string | symbol, ...args: unknown[]) => boolean

const pushes: Push[] = []
const SIGNALS = ['SIGTERM', 'SIGINT'] as const

/**
 * Pushes what was recorded last when the app ends, without the app noticing: its own handlers decide when it ends.
 *
 * - Nothing left to do: `beforeExit` is held back until the last push is done, so that the app sees it once, as ever.
 * - A signal that the app handles: from then on there is a push every 200 ms, beside whatever the app does.
 * - A signal that it does not handle: the process pushes and then dies of that signal.
 * - `process.exit`, a crash, SIGKILL: nothing is waited for.
 */
export function pushAtEnd(push: Push): void {
  if (pushes.push(push) > 1) return
  const isHandled: Record<string, () => boolean> = {}
  // First: Node hands signals to the `emit` that it finds when somebody begins to listen to them.
  watchEvents({
    signalled: signal => {
      if (isHandled[signal]?.()) pushOften()
    },
    holdsBack: createHold(),
  })
  if (!isMainThread) return
  for (const signal of SIGNALS) isHandled[signal] = standInForSignal(signal, pushAll, LAST_PUSH_MS)
}

/** No listener of ours: it would be counted, and an app may end otherwise when it is not alone. */
function watchEvents(on: {
  signalled: (signal: 'SIGTERM' | 'SIGINT') => void
  holdsBack: () => boolean
}): void {
  const emit = process.emit as Emit
  const watching: Emit = function (event, ...args): boolean {
    if (event === 'beforeExit' && on.holdsBack()) return true
    if (event === 'SIGTERM' || event === 'SIGINT') on.signalled(event)
    return emit.call(this, event, ...args)
  }
  Object.defineProperty(process, 'emit', { value: watching, configurable: true, writable: true })
}

/** Node emits `beforeExit` again when the loop is empty again: then the app gets it. */
function createHold(): () => boolean {
  let isPushed = false
  let remainingMs = LAST_PUSH_MS
  return () => {
    if (isPushed || remainingMs <= 0) {
      isPushed = false
      return false
    }
    const begin = performance.now()
    let isDone = false
    const done = (): void => {
      if (isDone) return
      isDone = true
      isPushed = true
      remainingMs -= performance.now() - begin
      clearTimeout(deadline)
      // Keeps the loop alive for the one turn after which Node emits again.
      setImmediate(() => {})
    }
    const deadline = setTimeout(done, remainingMs)
    pushAll().then(done, done)
    return true
  }
}

let isPushingOften = false

function pushOften(): void {
  if (isPushingOften) return
  isPushingOften = true
  let isPushing = false
  const push = (): void => {
    if (isPushing) return
    isPushing = true
    pushAll().then(() => {
      isPushing = false
    })
  }
  push()
  setInterval(push, PUSH_OFTEN_MS).unref()
}

/** Never rejects: who pushes has said what went wrong. */
async function pushAll(): Promise<void> {
  await Promise.allSettled(pushes.map(push => push()))
}
