import { answerQuestions } from '../processes/answer.ts'
import { loadPromClient } from '../prom-client-api.ts'
import type { Rival } from './rival.ts'
import type { Operation } from './workload.ts'

/** The process of one peer: `node worker.mjs <peer> fresh|used [directory]`. Nobody else's types reach this process' compiler. */
const starts: Record<string, (directory?: string) => Promise<Rival>> = {
  nothing: async () => (await import('./nothing.ts')).startNothing(),
  tutti: async directory => (await import('./tutti.ts')).startTutti(directory || undefined),
  businessMetrics: async () => (await import('./business-metrics.ts')).startBusinessMetrics(),
  adapter: async () => (await import('./adapter.ts')).startAdapter(),
  opentelemetry: async () => (await import('./opentelemetry.ts')).startOpenTelemetry(),
  'prom-client': () => startPromClient('prom-client'),
  'prometheus-io': () => startPromClient('prometheus-io'),
}

async function startPromClient(peer: 'prom-client' | 'prometheus-io'): Promise<Rival> {
  const client = await loadPromClient[peer]()
  return (await import('./prom-client.ts')).startPromClient(client)
}

const [peer, state, directory] = process.argv.slice(2)
const rival = await starts[peer](directory)
if (state === 'used') rival.useOtherInstruments()

answerQuestions(
  {
    offers: () => Object.keys(rival.operations),
    measure: ({ operation, calls }: { operation: Operation; calls: number }) =>
      nanosecondsPerCall(rival.operations[operation]!, calls),
    measureCpu: ({ operation, calls }: { operation: Operation; calls: number }) =>
      cpuNanosecondsPerCall(rival.operations[operation]!, calls),
    /** Where others can join it. */
    directory: () => rival.directory,
    read: () => rival.read(),
  },
  () => rival.stop(),
)

function nanosecondsPerCall(operation: (calls: number) => void, calls: number): number {
  const start = process.hrtime.bigint()
  operation(calls)
  return Number(process.hrtime.bigint() - start) / calls
}

/** Of all threads of this process. */
function cpuNanosecondsPerCall(operation: (calls: number) => void, calls: number): number {
  const before = process.cpuUsage()
  operation(calls)
  const { user, system } = process.cpuUsage(before)
  return ((user + system) * 1e3) / calls
}
