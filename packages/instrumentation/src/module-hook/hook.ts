import Module from 'node:module'
import { type LoadedFile, locateFile } from './file.ts'

/** Gets what a file exports once it has run; may change it or, by returning something, replace it. */
export type Patch = (exports: unknown, file: LoadedFile) => unknown

export interface ModuleHook {
  /** Calls `patch` for `file` of every copy of `packageName`, loaded already or later. */
  onLoad(packageName: string, file: string, patch: Patch): void
  /** Whose files are waited for. */
  packageNames(): string[]
  stop(): void
}

interface LoadableModule {
  loaded: boolean
  exports: unknown
  load(filename: string): void
}

const internals = Module as unknown as {
  prototype: LoadableModule
  _cache: Record<string, LoadableModule | undefined>
}

/**
 * One hook for every library that publishes no diagnostics channel. All of those are CommonJS, and Node
 * runs every CommonJS file through `Module.prototype.load`, whether `require` or `import` asked for it. So
 * one wrapped method sees each file exactly once and complete, on Node 20 to 26, without a loader thread.
 * `module.registerHooks` acts before a file runs and could only rewrite its source; require-in-the-middle
 * wraps `require` itself, which is called many times for one file and not at all for an imported one.
 */
export function createModuleHook(warn: (line: string) => void): ModuleHook {
  const patchesByFile = new Map<string, { packageName: string; patch: Patch }[]>()
  /** The module whose patches are being applied: it has just been loaded, and nobody holds what it exports. */
  let fresh: LoadableModule | undefined
  let installed = false
  let stopped = false

  function install(): void {
    installed = true
    const originalLoad = internals.prototype.load
    internals.prototype.load = function load(this: LoadableModule, filename: string): void {
      originalLoad.call(this, filename)
      if (!stopped) onLoaded(this, filename)
    }
  }

  function onLoaded(module: LoadableModule, filename: string): void {
    const located = locateFile(filename)
    if (located === undefined) return
    const outer = fresh
    fresh = module
    // A patch may begin to wait for this very file, and then comes after it.
    for (let i = 0; i < (patchesByFile.get(located.file)?.length ?? 0); i++) {
      const { packageName, patch } = patchesByFile.get(located.file)![i]!
      applyPatch(module, located, packageName, patch)
    }
    fresh = outer
  }

  /** @param isLate what the file exports may be held by others already, who will not see another object. */
  function applyPatch(
    module: LoadableModule,
    file: LoadedFile,
    packageName: string,
    patch: Patch,
    isLate = false,
  ): void {
    try {
      if (!file.isOf(packageName)) return
      const replacement = patch(module.exports, file)
      if (replacement === undefined || replacement === module.exports) return
      module.exports = replacement
      if (isLate) warn(describeLate(packageName, file))
    } catch (error) {
      warn(`${packageName} could not be instrumented and runs without metrics: ${String(error)}`)
    }
  }

  return {
    onLoad(packageName, file, patch): void {
      if (!installed) install()
      patchesByFile.set(file, [...(patchesByFile.get(file) ?? []), { packageName, patch }])
      for (const [filename, module] of Object.entries(internals._cache)) {
        const located = module?.loaded && module !== fresh ? locateFile(filename) : undefined
        if (located?.file === file) applyPatch(module!, located, packageName, patch, true)
      }
    },
    packageNames(): string[] {
      return [...new Set([...patchesByFile.values()].flat().map(({ packageName }) => packageName))]
    },
    stop(): void {
      stopped = true
    },
  }
}

function describeLate(packageName: string, { directory }: LoadedFile): string {
  return (
    `${packageName} (${directory}) was loaded before the preload, and some of its metrics are missing. ` +
    'Put --require @tutti/preload, or --import, before anything else that loads it.'
  )
}
