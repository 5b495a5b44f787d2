import type { InstrumentationContext } from '../../instrumentation.ts'
import { hookExpress4 } from './express4.ts'
import { watchRouter } from './router.ts'

/** `http.route` for Express: 5 by the router it is built on, 4 by a small hook. */
export function startExpress(context: InstrumentationContext): () => void {
  hookExpress4(context)
  return watchRouter(context, 'express')
}
