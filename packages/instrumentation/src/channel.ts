import { type ChannelListener, subscribe, unsubscribe } from 'node:diagnostics_channel'
import { sayOnce } from './guard.ts'

/** Listens to a diagnostics channel, with errors kept from the app; returns how to stop listening. */
export function listen<Message>(
  channel: string,
  name: string,
  warn: (line: string) => void,
  onMessage: (message: Message) => void,
): () => void {
  const onError = sayOnce(name, warn)
  // Not by `guard`, which makes an array of its arguments: this runs twice for every request.
  const listener: ChannelListener = message => {
    try {
      onMessage(message as Message)
    } catch (error) {
      onError(error)
    }
  }
  subscribe(channel, listener)
  return () => void unsubscribe(channel, listener)
}
