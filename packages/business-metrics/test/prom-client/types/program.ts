/**
 * A program against prom-client's types, which compiles with prom-client and with the adapter (see types.test.ts). Lines
 * that must not compile say so.
 */
import client, {
  AggregatorRegistry,
  Counter,
  type CounterConfiguration,
  collectDefaultMetrics,
  contentType,
  exponentialBuckets,
  Gauge,
  Histogram,
  type LabelValues,
  linearBuckets,
  type Metric,
  type MetricObjectWithValues,
  type MetricValue,
  type OpenMetricsContentType,
  openMetricsContentType,
  Pushgateway,
  prometheusContentType,
  Registry,
  type RegistryContentType,
  register,
  Summary,
  validateMetricName,
} from 'prom-client'

const registry = new Registry()
const openMetrics = new Registry<OpenMetricsContentType>()
openMetrics.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
const wrongType: RegistryContentType = openMetrics.contentType
// @ts-expect-error: such a registry has another content type
registry.setContentType(openMetricsContentType)

const labelNames = ['method', 'code'] as const
const counter = new Counter({ name: 'c', help: 'h', labelNames, registers: [registry, openMetrics] })
counter.inc()
counter.inc(2)
counter.inc({ method: 'GET', code: 200 })
counter.inc({ method: 'GET' }, 3)
counter.inc({ labels: { code: 1 }, value: 1, exemplarLabels: { method: 'x' } })
// @ts-expect-error: not a label of this metric
counter.inc({ path: '/' })
// @ts-expect-error: labels are texts and numbers
counter.inc({ method: true })
counter.labels('GET', '200').inc(1)
counter.labels({ method: 'GET', code: 200 }).inc()
const inner: Counter.Internal = counter.labels('GET', '200')
counter.remove('GET', '200')
counter.remove({ method: 'GET' })
counter.reset()
const configuration: CounterConfiguration<'a'> = {
  name: 'd',
  help: 'h',
  labelNames: ['a'],
  aggregator: 'first',
  collect() {
    this.inc({ a: 1 })
  },
}
const typed: Counter<'a'> = new Counter(configuration)
const loose: Counter = new Counter({ name: 'e', help: 'h', labelNames: ['x'] })
loose.inc({ x: 1 })
loose.inc({ anything: 1 })

const gauge = new Gauge({
  name: 'g',
  help: 'h',
  async collect() {
    this.set(1)
  },
})
gauge.set(1)
gauge.inc()
gauge.dec(2)
gauge.setToCurrentTime()
const endGauge = gauge.startTimer()
const gaugeSeconds: number = endGauge()
gauge.labels().set(1)
gauge.labels().startTimer()()

const histogram = new Histogram({
  name: 'h',
  help: 'h',
  labelNames: ['method'],
  buckets: [...linearBuckets(0, 1, 3), ...exponentialBuckets(4, 2, 3)],
  enableExemplars: true,
})
histogram.observe(1)
histogram.observe({ method: 'GET' }, 1)
histogram.observe({ labels: { method: 'GET' }, value: 1, exemplarLabels: { method: 'x' } })
histogram.zero({ method: 'GET' })
const end = histogram.startTimer({ method: 'GET' })
const seconds: number = end({ method: 'POST' })
histogram.labels('GET').observe(1)
histogram.labels({ method: 'GET' }).startTimer()()

const summary = new Summary({
  name: 's',
  help: 'h',
  percentiles: [0.5],
  maxAgeSeconds: 60,
  ageBuckets: 5,
  pruneAgedBuckets: true,
})
summary.observe(1)
summary.startTimer()()
// @ts-expect-error: a summary has no buckets
new Summary({ name: 's2', help: 'h', buckets: [1] })

function helper<T extends string>(metric: Counter<T>, labels: LabelValues<T>): void {
  metric.inc(labels, 1)
}
helper(counter, { method: 'GET' })

class Service {
  readonly requests: Counter<'method'> = new Counter({ name: 'f', help: 'h', labelNames: ['method'] })
  readonly all: Metric<string>[] = [gauge, summary]
}

export async function page(): Promise<string> {
  register.setDefaultLabels({ app: 'a' })
  register.registerMetric(gauge)
  const found: Metric<string> | undefined = register.getSingleMetric('g')
  const one = register.getSingleMetric('g') as Gauge<string>
  one.set(1)
  const json: MetricObjectWithValues<MetricValue<string>>[] = await register.getMetricsAsJSON()
  const names: string[] = register.getMetricsAsArray().map(({ name }) => name)
  const value: number = (await counter.get()).values[0].value
  const method = (await counter.get()).values[0].labels.method
  collectDefaultMetrics()
  collectDefaultMetrics({ prefix: 'a_', register, gcDurationBuckets: [1], eventLoopMonitoringPrecision: 5 })
  collectDefaultMetrics({ register: openMetrics, labels: { a: 1 } })
  const list: string[] = collectDefaultMetrics.metricsList
  const cluster = new AggregatorRegistry()
  AggregatorRegistry.setRegistries([register])
  AggregatorRegistry.setRegistries(openMetrics)
  const aggregated = AggregatorRegistry.aggregate([json])
  const gateway = new Pushgateway('http://127.0.0.1:9091', { timeout: 5000 }, register)
  const pushed = await gateway.pushAdd({ jobName: 'a', groupings: { b: 'c' } })
  await Registry.merge([register, registry]).metrics()
  await register.getSingleMetricAsString('g')
  client.register.clear()
  register.resetMetrics()
  register.removeSingleMetric('g')
  const all = [found, names, value, method, list, aggregated, pushed, wrongType, inner, typed, Service]
  return `${all.length}${validateMetricName('a')}${contentType}${prometheusContentType}${gaugeSeconds}${seconds}${await cluster.clusterMetrics()}`
}
