import { counter, health, operation, stateSet } from '@tutti/business-metrics'
import { connectorKinds } from './connector.ts'

const connector = connectorKinds

export const breakerStates = ['closed', 'open', 'half_open'] as const

export const connectorMetrics = {
  breakers: stateSet({
    name: 'circuit_breaker.state',
    description: 'In how many processes the circuit breaker of a connector is in a state.',
    states: [...breakerStates],
    labels: { connector },
  }),
  connectorHealth: health({
    name: 'connector.health',
    description: 'Whether an outside system has answered its last health check.',
    labels: { connector },
  }),
  connectorCalls: operation({
    name: 'connector.call',
    description: 'Calls of outside systems.',
    outcomes: ['rejected'],
    labels: { connector },
  }),
  notifications: counter({
    name: 'notification',
    description: 'Messages to outside systems that came to an end.',
    labels: { connector, outcome: ['delivered', 'given_up'] },
  }),
}
