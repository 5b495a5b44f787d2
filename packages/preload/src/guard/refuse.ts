import { isPackageManager } from './package-manager.ts'

export type Refusal = 'loaded already' | 'disabled' | 'package manager' | 'exposer'

export interface Surroundings {
  env: NodeJS.ProcessEnv
  /** The file that this process was started to run. */
  script: string | undefined
  isMainThread: boolean
  workerData: unknown
}

/** Why nothing at all is started here, or undefined where everything is. */
export function refuse({ env, script, isMainThread, workerData }: Surroundings): Refusal | undefined {
  if (env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return 'disabled'
  if (!isMainThread && isExposer(workerData)) return 'exposer'
  if (isPackageManager(script)) return 'package manager'
  return undefined
}

/** The exposer is a thread of ours that reads the metrics; it must not record any. */
function isExposer(workerData: unknown): boolean {
  return typeof workerData === 'object' && workerData !== null && 'tuttiExposer' in workerData
}
