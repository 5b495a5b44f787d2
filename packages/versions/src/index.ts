export { type Format, FormatError, type FormatName, formats } from './emit/index.ts'
export { current, node20, sets, type VersionSet } from './sets/index.ts'
