import { createRequire, register } from 'node:module'
import { pathToFileURL } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import type { Warn } from '../configuration/variables.ts'

interface SyncHooks {
  supportsSyncHooks(): boolean
  register(options: { include: RegExp[] }): void
}

/**
 * Lets the instrumentations of traces reach modules that are imported: only those that they know, so the app's own
 * are loaded as ever. In this thread where Node can (22.22.3, 24.11.1, 25.1 or newer), else by a thread of Node's.
 */
export function hookImports(moduleNames: Iterable<string>, require: NodeJS.Require, warn: Warn): void {
  try {
    const ofInstrumentations = createRequire(require.resolve('@opentelemetry/auto-instrumentations-node'))
    const ofInstrumentation = createRequire(ofInstrumentations.resolve('@opentelemetry/instrumentation'))
    const include = includedModules(moduleNames)
    const sync = ofInstrumentation('import-in-the-middle/supports-sync-hooks.mjs') as SyncHooks
    if (sync.supportsSyncHooks()) {
      const hooks = ofInstrumentation('import-in-the-middle/register-hooks.mjs') as SyncHooks
      hooks.register({ include })
    } else if (isMainThread) {
      // Not in Node's own thread for this, which loads what was preloaded, too.
      const hook = pathToFileURL(ofInstrumentation.resolve('import-in-the-middle/hook.mjs'))
      register(hook, { data: { include } })
    }
  } catch (error) {
    warn(`modules that are imported have no traces, those that are required have: ${String(error)}`)
  }
}

function includedModules(names: Iterable<string>): RegExp[] {
  const patterns = [...names].map(name => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return [
    new RegExp(`^node:(?:${patterns.join('|')})$`),
    new RegExp(`/node_modules/(?:${patterns.join('|')})/`),
  ]
}
