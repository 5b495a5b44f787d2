export type { LoadedFile } from './module-hook/file.ts'
export type { ModuleHook, Patch } from './module-hook/hook.ts'
export { type InstrumentationOptions, type RunningInstrumentation, startInstrumentation } from './start.ts'
