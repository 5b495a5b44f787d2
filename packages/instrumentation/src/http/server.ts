import type { InstrumentationContext } from '../instrumentation.ts'
import { stopAll } from '../stop-all.ts'
import { watchHttp1 } from './http1-server.ts'
import { watchHttp2 } from './http2-server.ts'
import { createServerSeries } from './server-series.ts'

/** `http.server.*` for every server of `node:http`, `node:https` and `node:http2`. */
export function startHttpServer(context: InstrumentationContext): () => void {
  const seriesOf = createServerSeries(context.meter, context.env)
  const stops = [watchHttp1(context, seriesOf), watchHttp2(context, seriesOf)]
  return stopAll(stops)
}
