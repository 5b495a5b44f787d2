import { createRequire } from 'node:module'

/** What a service is started with. Every ratio is against `bare`. */
export const contestants = ['bare', 'tutti', 'opentelemetry'] as const
export type Contestant = (typeof contestants)[number]

export const contestantNames: Record<Contestant, string> = {
  bare: 'bare',
  tutti: '@tutti/preload',
  opentelemetry: '@opentelemetry/auto-instrumentations-node',
}

const { resolve } = createRequire(import.meta.url)

/** Node's own arguments. */
export function preloadArguments(contestant: Contestant): string[] {
  if (contestant === 'bare') return []
  if (contestant === 'tutti') return ['--require', resolve('@tutti/preload')]
  return ['--require', resolve('@opentelemetry/auto-instrumentations-node/register')]
}

/** Both serve a page of metrics and make no traces. Tutti needs to be told neither; upstream needs both. */
export function preloadEnvironment(contestant: Contestant, pagePort: number): NodeJS.ProcessEnv {
  if (contestant === 'bare') return {}
  return {
    OTEL_SERVICE_NAME: 'bench',
    OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
    OTEL_EXPORTER_PROMETHEUS_PORT: String(pagePort),
    OTEL_METRICS_EXPORTER: 'prometheus',
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
  }
}
