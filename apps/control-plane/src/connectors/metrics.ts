import { counter, health, operation, stateSet } from '@tutti/business-metrics'
import { connectorKinds } from './connector.ts'

const connector = connectorKinds

export const breakerStates = ['closed', 'open', 'half_open'] as const

export const connectorMetrics = {
  breakers: stateSet({
    name: 'circuit_breaker.state',
    group: 'connectors',
    description: 'In how many processes the circuit breaker of a connector is in a state.',
    states: [...breakerStates],
    labels: { connector },
  }),
  connectorHealth: health({
    name: 'connector.health',
    group: 'connectors',
    description: 'Whether an outside system has answered its last health check; 1 of one that is disabled.',
    labels: { connector },
  }),
  connectorCalls: operation({
    name: 'connector.call',
    group: 'connectors',
    description: 'Calls of outside systems.',
    outcomes: ['rejected'],
    labels: { connector },
  }),
  notifications: counter({
    name: 'notification',
    group: 'connectors',
    description: 'Messages to outside systems that came to an end.',
    labels: { connector, outcome: ['delivered', 'given_up'] },
  }),
}
