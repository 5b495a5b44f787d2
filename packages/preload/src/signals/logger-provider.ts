import { createRequire } from 'node:module'
import { logs } from '@opentelemetry/api'

type Logs = typeof logs

/** The provider of loggers that is registered. */
export function getLoggerProvider(): object {
  return ((logs as Logs | undefined) ?? logsBefore1_10()).getLoggerProvider()
}

/** Logs came into the API with 1.10. The set for Node 20 has the version before, and an SDK that brings them apart. */
function logsBefore1_10(): Logs {
  const sdk = createRequire(import.meta.url).resolve('@opentelemetry/sdk-node')
  return (createRequire(sdk)('@opentelemetry/api-logs') as { logs: Logs }).logs
}
