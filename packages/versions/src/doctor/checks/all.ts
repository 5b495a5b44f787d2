import { apiNewer } from './api-newer.ts'
import { bundledEntry } from './bundled-entry.ts'
import type { Check } from './check.ts'
import { apiCopies, sdkCopies } from './copies.ts'
import { deadVariables } from './dead-variables.ts'
import { esmWithoutHook } from './esm-without-hook.ts'
import { exporterInWorkers } from './exporter-in-workers.ts'
import { libraryRanges } from './library-ranges.ts'
import { loadedBefore } from './loaded-before.ts'
import { loopbackInContainer } from './loopback-in-container.ts'
import { nodeVersions } from './node-versions.ts'
import { overlappingViews } from './overlapping-views.ts'
import { peers } from './peers.ts'
import { portTwice } from './port-twice.ts'
import { preloadDependency } from './preload-dependency.ts'
import { preloadMissing } from './preload-missing.ts'
import { readable } from './readable.ts'
import { serviceName } from './service-name.ts'
import { setDrift } from './set-drift.ts'
import { twoSdks } from './two-sdks.ts'

/** In the order of their codes. */
export const CHECKS: readonly Check[] = [
  readable,
  nodeVersions,
  apiCopies,
  sdkCopies,
  apiNewer,
  peers,
  libraryRanges,
  setDrift,
  preloadDependency,
  preloadMissing,
  esmWithoutHook,
  twoSdks,
  bundledEntry,
  loadedBefore,
  serviceName,
  deadVariables,
  loopbackInContainer,
  exporterInWorkers,
  portTwice,
  overlappingViews,
]
