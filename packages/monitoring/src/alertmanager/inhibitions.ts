/** What nobody needs to hear when they have heard of something worse. */
export const inhibitions: readonly object[] = [
  {
    // The same, and worse: of burn rates the slow ones follow the fast ones.
    source_matchers: ['severity="critical"'],
    target_matchers: ['severity=~"warning|info"'],
    equal: ['alertname', 'service', 'slo', 'instance', 'worker'],
  },
  {
    // Of an instance that can not be read nothing is known.
    source_matchers: ['alertname="TargetDown"'],
    target_matchers: ['alertname!="TargetDown"'],
    equal: ['service', 'instance'],
  },
  {
    // Calls of what is down fail, and its breaker opens. Without the label every operation that has none would equal it.
    source_matchers: ['alertname="ConnectorDown"', 'connector!=""'],
    target_matchers: ['alertname=~"CircuitBreakerOpen|OperationFailing"'],
    equal: ['service', 'connector'],
  },
]
