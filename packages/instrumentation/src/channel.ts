import { type ChannelListener, subscribe, unsubscribe } from 'node:diagnostics_channel'
import { guard } from './guard.ts'

/** Listens to a diagnostics channel, with errors kept from the app; returns how to stop listening. */
export function listen<Message>(
  channel: string,
  name: string,
  warn: (line: string) => void,
  onMessage: (message: Message) => void,
): () => void {
  const listener = guard(name, warn, onMessage) as ChannelListener
  subscribe(channel, listener)
  return () => void unsubscribe(channel, listener)
}
