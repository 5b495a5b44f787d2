import type { Meter } from '@opentelemetry/api'
import type { ModuleHook } from './module-hook/hook.ts'

/** What one instrumentation is given. */
export interface InstrumentationContext {
  meter: Meter
  env: NodeJS.ProcessEnv
  hook: ModuleHook
  warn: (line: string) => void
}

/** Returns how to stop it. */
export type Start = (context: InstrumentationContext) => () => void

/** One library's, or one part of Node's. */
export interface Instrumentation {
  /** What must be there before anything of the library is. */
  eager?: Start
  /**
   * Files by package: the first of them that is loaded starts the rest. All that are patched, because one that is
   * loaded before could be held by others already.
   */
  files?: Readonly<Record<string, readonly string[]>>
  /** Diagnostics channels: the first message on any of them starts the rest, which gets that message, too. */
  channels?: readonly string[]
  /** Loads the rest. */
  load?: () => Start
}
