import { subscribe, unsubscribe } from 'node:diagnostics_channel'

/** The longest that a page waits for an app that listens on nothing, or has yet to. */
const LIMIT_MS = 300

/** Published by Node when a server of `node:net` listens; versions without it have the time limit. */
const LISTENING = 'tracing:net.server.listen:asyncEnd'

/**
 * Until the app listens, or has had some time to. The exposer's thread takes tens of milliseconds of CPU to start,
 * which an app on one core would wait for: it comes after the app's own start. Keeps nothing alive, so that what ends
 * before never has that thread.
 */
export function untilStarted(): Promise<void> {
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer)
      unsubscribe(LISTENING, onListening)
      resolve()
    }
    // What the app does when it listens comes first.
    const onListening = () => void setImmediate(end).unref()
    const timer = setTimeout(end, LIMIT_MS).unref()
    subscribe(LISTENING, onListening)
  })
}
