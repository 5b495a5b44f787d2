import type { InstrumentationContext } from '../start.ts'
import { startHttpClient } from './client.ts'
import { startHttpServer } from './server.ts'

/** What OpenTelemetry calls `http`: servers and clients of Node's own modules. */
export function startHttp(context: InstrumentationContext): () => void {
  const stops = [startHttpServer(context), startHttpClient(context)]
  return () => {
    for (const stop of stops) stop()
  }
}
