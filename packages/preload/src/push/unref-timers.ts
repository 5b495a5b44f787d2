import Module from 'node:module'

type Compile = (this: unknown, content: string, filename: string, ...rest: unknown[]) => unknown

const internals = Module as unknown as { prototype: { _compile: Compile } }

/** Where the SDK waits: batches, deadlines of an export, the pause before it is tried again. */
const waiting =
  /[\\/]@opentelemetry[\\/](?:otlp-exporter-base|sdk-trace|sdk-logs|sdk-metrics)[\\/]dist[\\/].*\.cjs$/

const timers = 'const setTimeout = (...args) => globalThis.setTimeout(...args).unref();'

/**
 * Loads parts of the SDK so that their timers do not keep the app alive. They offer no option for it, and an export
 * to a receiver that does not answer would hold an app that has ended for ten seconds, or for thirty.
 */
export function withUnrefTimers<T>(load: () => T): T {
  const { prototype } = internals
  const compile = prototype._compile
  prototype._compile = function (content, filename, ...rest): unknown {
    const text = waiting.test(filename) && typeof content === 'string' ? timers + content : content
    return compile.call(this, text, filename, ...rest)
  }
  try {
    return load()
  } finally {
    prototype._compile = compile
  }
}
