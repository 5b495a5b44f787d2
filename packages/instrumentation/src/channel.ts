import { type ChannelListener, subscribe, unsubscribe } from 'node:diagnostics_channel'
import { guard } from './guard.ts'

/** Who began to listen while {@link onFirstMessage} starts somebody. */
let beginners: { channel: string; listener: ChannelListener }[] | undefined

/** Listens to a diagnostics channel, with errors kept from the app; returns how to stop listening. */
export function listen<Message>(
  channel: string,
  name: string,
  warn: (line: string) => void,
  onMessage: (message: Message) => void,
): () => void {
  const listener = guard(name, warn, onMessage) as ChannelListener
  subscribe(channel, listener)
  beginners?.push({ channel, listener })
  return () => void unsubscribe(channel, listener)
}

interface Wait {
  readonly starts: Set<() => void>
  readonly listener: ChannelListener
}

const waits = new Map<string, Wait>()

/**
 * Calls `start` before the first message of a channel is heard by anybody who then begins to {@link listen}. Node
 * gives a message only to those who listened before it (20 to 26), so they get it from here. All who wait for one
 * channel start together, because they may share a listener.
 *
 * @param start must not throw.
 */
export function onFirstMessage(channel: string, start: () => void): () => void {
  const { starts } = waits.get(channel) ?? waitFor(channel)
  starts.add(start)
  return () => {
    starts.delete(start)
    if (starts.size === 0 && waits.get(channel)?.starts === starts) endWait(channel)
  }
}

function waitFor(channel: string): Wait {
  const starts = new Set<() => void>()
  const listener: ChannelListener = (message, name) => {
    endWait(channel)
    const outer = beginners
    const begun: typeof beginners = []
    beginners = begun
    for (const start of [...starts]) start()
    beginners = outer
    for (const beginner of begun) if (beginner.channel === channel) beginner.listener(message, name)
  }
  const wait = { starts, listener }
  waits.set(channel, wait)
  subscribe(channel, listener)
  return wait
}

function endWait(channel: string): void {
  const wait = waits.get(channel)
  if (wait === undefined) return
  waits.delete(channel)
  unsubscribe(channel, wait.listener)
}
