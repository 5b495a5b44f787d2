/**
 * What the preload knows about services, for `tutti doctor`, which has it built in: it says of files what is said here
 * of processes. Loads nothing.
 */
export { canUse } from './api/watch-copies.ts'
export { findDeadVariables, usesOf } from './configuration/dead-variables.ts'
export { VARIABLES } from './configuration/variable-table.ts'
export { findBundled } from './guard/bundled-app.ts'
export { readExporters } from './push/exporters.ts'
