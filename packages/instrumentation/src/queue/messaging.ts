import type { Attributes, Meter } from '@opentelemetry/api'

const buckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

/** The semantic conventions' metrics of messaging, for one system. */
export interface MessagingMetrics {
  /** Messages were sent by one operation, or were not because of an error. */
  sent(operation: string, destination: string, messages: number, startMs: number, error?: unknown): void
  /** One message was processed, well or not. */
  processed(operation: string, destination: string, startMs: number, error?: unknown): void
}

export function createMessagingMetrics(meter: Meter, system: string): MessagingMetrics {
  const operationDuration = meter.createHistogram('messaging.client.operation.duration', {
    description: 'Duration of messaging operation initiated by a producer or consumer client.',
    unit: 's',
    advice: { explicitBucketBoundaries: buckets },
  })
  const sentMessages = meter.createCounter('messaging.client.sent.messages', {
    description: 'Number of messages producer attempted to send to the broker.',
    unit: '{message}',
  })
  const consumedMessages = meter.createCounter('messaging.client.consumed.messages', {
    description: 'Number of messages that were delivered to the application.',
    unit: '{message}',
  })
  const processDuration = meter.createHistogram('messaging.process.duration', {
    description: 'Duration of processing operation.',
    unit: 's',
    advice: { explicitBucketBoundaries: buckets },
  })

  function describe(operation: string, destination: string, error: unknown): Attributes {
    return {
      'messaging.system': system,
      'messaging.operation.name': operation,
      ...(destination && { 'messaging.destination.name': destination }),
      ...(error !== undefined && { 'error.type': errorType(error) }),
    }
  }

  return {
    sent(operation, destination, messages, startMs, error): void {
      const attributes = describe(operation, destination, error)
      sentMessages.add(messages, attributes)
      operationDuration.record((performance.now() - startMs) / 1000, {
        ...attributes,
        'messaging.operation.type': 'send',
      })
    },
    processed(operation, destination, startMs, error): void {
      consumedMessages.add(1, describe(operation, destination, undefined))
      processDuration.record((performance.now() - startMs) / 1000, describe(operation, destination, error))
    },
  }
}

/** An error's code, or its class; never its message. */
function errorType(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  if (typeof code === 'string') return code
  return typeof name === 'string' ? name : '_OTHER'
}
