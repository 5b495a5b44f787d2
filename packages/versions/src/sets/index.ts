import { current } from './current.ts'
import { node20 } from './node20.ts'
import type { VersionSet } from './version-set.ts'

export type { VersionSet } from './version-set.ts'
export { current, node20 }

/** All sets, the one to choose first. */
export const sets: readonly VersionSet[] = [current, node20]
