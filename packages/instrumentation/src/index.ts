export { type InstrumentationOptions, type RunningInstrumentation, startInstrumentation } from './start.ts'
