import type { Format } from './format.ts'
import { npm } from './npm.ts'
import { pnpm } from './pnpm.ts'
import { renovate } from './renovate.ts'
import { syncpack } from './syncpack.ts'
import { yarn } from './yarn.ts'

export { type Format, FormatError } from './format.ts'

export type FormatName = 'npm' | 'pnpm' | 'yarn' | 'renovate' | 'syncpack'

/** How each tool is told the versions of a set. */
export const formats: Readonly<Record<FormatName, Format>> = { npm, pnpm, yarn, renovate, syncpack }
