// For tools that look into a directory: the format, and who lives. No app needs it, and it follows the layout's version.
export * from './directory/files.ts'
export { isHeld, livingWriterCount, type RunningDirectory, runningDirectories } from './directory/running.ts'
export {
  type Aggregation,
  type CellRole,
  cellCount,
  cellRoles,
} from './segment/aggregation.ts'
export { crc32 } from './segment/crc32.ts'
export { EXEMPLAR_CELLS, type Exemplar, readExemplar } from './segment/exemplar-cells.ts'
export { EXPONENTIAL } from './segment/exponential-cells.ts'
export * from './segment/layout.ts'
export { parseAttributes, parseDefinition, type StreamDefinition } from './segment/stream.ts'
export { DirectoryReader, type Snapshot } from './snapshot/directory-reader.ts'
export type { SegmentReader } from './snapshot/segment-reader.ts'
