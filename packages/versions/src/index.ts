export { current, node20, sets, type VersionSet } from './sets/index.ts'
