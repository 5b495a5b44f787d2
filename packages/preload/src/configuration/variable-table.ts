/** A variable that the preload, or what it starts, reads. */
export interface Variable {
  readonly name: string
  /** What it may be set to. */
  readonly values: string
  /** What holds when it is not set, as it would be written. */
  readonly default: string
  readonly meaning: string
  /** Given where upstream's `auto-instrumentations-node/register` does otherwise when it is not set. */
  readonly upstream?: { readonly default: string; readonly why: string }
  /** Without this it has no effect. */
  readonly needs?: 'page' | 'otlp' | 'push'
  /** Its value can not hold a secret: only such values are ever printed. */
  readonly isPublic?: true
}

/**
 * The one list of variables. docs/reference/configuration.md is generated from it, the line at start prints from it,
 * and what is set but not in it, nor read by OpenTelemetry's own packages, is said to have no effect.
 */
export const VARIABLES: readonly Variable[] = [
  {
    name: 'OTEL_SDK_DISABLED',
    values: '`true`, `false`',
    default: 'false',
    meaning: '`true`: nothing is loaded, said or written.',
    isPublic: true,
  },
  {
    name: 'OTEL_SERVICE_NAME',
    values: 'text',
    default: 'name in package.json',
    meaning:
      'The service. Else `service.name` of `OTEL_RESOURCE_ATTRIBUTES`, else the `name` of the package.json.',
    upstream: {
      default: 'unknown_service:node',
      why: 'A name that says nothing helps nobody; the app has one.',
    },
    isPublic: true,
  },
  {
    name: 'OTEL_RESOURCE_ATTRIBUTES',
    values: '`key=value,...`',
    default: '',
    meaning: 'Describes the service on `target_info`; values are percent-encoded.',
  },
  {
    name: 'OTEL_LOG_LEVEL',
    values: '`none`, `error`, `warn`, `info`, `debug`, `verbose`, `all`',
    default: 'info',
    meaning: '`warn`: no line at start. `error`, `none`: no warnings either.',
    isPublic: true,
  },
  {
    name: 'OTEL_METRICS_EXPORTER',
    values: '`prometheus`, `otlp`, `console`, `none`, several with commas',
    default: 'prometheus',
    meaning: '`none`: recorded, but neither served nor pushed.',
    upstream: { default: 'otlp', why: 'A page needs no collector and sends nothing anywhere.' },
    isPublic: true,
  },
  {
    name: 'OTEL_TRACES_EXPORTER',
    values: 'as OpenTelemetry has it',
    default: 'none',
    meaning: 'Which exporters get traces.',
    upstream: { default: 'otlp', why: 'Traces cost what metrics do not, so they are there when asked for.' },
    isPublic: true,
  },
  {
    name: 'OTEL_LOGS_EXPORTER',
    values: 'as OpenTelemetry has it',
    default: 'none',
    meaning: 'Which exporters get logs.',
    upstream: { default: 'otlp', why: 'As traces.' },
    isPublic: true,
  },
  {
    name: 'OTEL_EXPORTER_PROMETHEUS_HOST',
    values: 'address, or `unix:/path`',
    default: '127.0.0.1',
    meaning: 'Where the page is served. `0.0.0.0` opens it to other machines.',
    needs: 'page',
    isPublic: true,
  },
  {
    name: 'OTEL_EXPORTER_PROMETHEUS_PORT',
    values: '0 to 65535',
    default: '9464',
    meaning: 'The port of the page; `0`: any free one.',
    needs: 'page',
    isPublic: true,
  },
  {
    name: 'OTEL_METRIC_EXPORT_INTERVAL',
    values: 'milliseconds',
    default: '60000',
    meaning: 'How often metrics are pushed.',
    needs: 'push',
    isPublic: true,
  },
  {
    name: 'OTEL_METRIC_EXPORT_TIMEOUT',
    values: 'milliseconds',
    default: '30000',
    meaning: 'How long a push may take.',
    needs: 'push',
    isPublic: true,
  },
  {
    name: 'OTEL_EXPORTER_OTLP_PROTOCOL',
    values: '`http/protobuf`, `http/json`, `grpc`',
    default: 'http/protobuf',
    meaning: 'How it is pushed; `grpc` needs its exporter package beside the app.',
    needs: 'otlp',
    isPublic: true,
  },
  {
    name: 'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL',
    values: 'as before',
    default: 'that of `OTEL_EXPORTER_OTLP_PROTOCOL`',
    meaning: 'The same for metrics alone.',
    needs: 'otlp',
    isPublic: true,
  },
  {
    name: 'OTEL_METRICS_EXEMPLAR_FILTER',
    values: '`trace_based`, `always_on`, `always_off`',
    default: 'trace_based',
    meaning: 'Which measurements become exemplars, links from the page to traces.',
    isPublic: true,
  },
  {
    name: 'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    values: 'characters',
    default: '1024',
    meaning: 'Longer attribute values are cut.',
    upstream: { default: 'no limit', why: 'Every quantity has a limit: a series must fit into a segment.' },
    isPublic: true,
  },
  {
    name: 'OTEL_NODE_ENABLED_INSTRUMENTATIONS',
    values: 'names with commas',
    default: 'all',
    meaning: 'Only these instrumentations are on.',
    isPublic: true,
  },
  {
    name: 'OTEL_NODE_DISABLED_INSTRUMENTATIONS',
    values: 'names with commas',
    default: '',
    meaning: 'These instrumentations are off.',
    isPublic: true,
  },
  {
    name: 'OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS',
    values: 'names with commas',
    default: 'RFC 9110, PATCH, QUERY',
    meaning: 'HTTP methods that are recorded by name; others are `_OTHER`.',
    isPublic: true,
  },
  {
    name: 'TUTTI_CACHE_KEY_PATTERNS',
    values: 'patterns with commas, or `none`',
    default: 'derived',
    meaning: 'The patterns of cache keys, of which the first that fits counts; `none` for no patterns.',
    isPublic: true,
  },
  {
    name: 'TUTTI_BULLMQ_INTERVAL_MS',
    values: 'milliseconds',
    default: '10000',
    meaning: 'How often each queue is asked for its depth; `0` for never.',
    isPublic: true,
  },
  {
    name: 'TUTTI_METRICS_ENABLED',
    values: '`true`, `false`',
    default: 'true',
    meaning: '`false`: no metrics, no page, no directory.',
    isPublic: true,
  },
  {
    name: 'TUTTI_START_LINE',
    values: '`text`, `json`, `off`',
    default: 'text',
    meaning: 'The one line at start, on stderr; `json` is for machines.',
    isPublic: true,
  },
  {
    name: 'TUTTI_DIR',
    values: 'path',
    default: 'a new directory on memory',
    meaning: "Where the processes' segments meet, for instance in a volume that containers share.",
    isPublic: true,
  },
  {
    name: 'TUTTI_WEB_CONFIG_FILE',
    values: 'path',
    default: '',
    meaning: "Prometheus' `web.config.yml` for the page: TLS, client certificates, passwords.",
    needs: 'page',
    isPublic: true,
  },
  {
    name: 'TUTTI_BEARER_TOKEN_FILE',
    values: 'path',
    default: '',
    meaning: 'A token a line, of which a scrape must send one.',
    needs: 'page',
    isPublic: true,
  },
  {
    name: 'TUTTI_CONSOLE',
    values: '`on`, `off`',
    default: 'on, `off` with `NODE_ENV=production`',
    meaning: 'The [live page](../console.md) at `/`, where `@tutti/console` is installed.',
    needs: 'page',
    isPublic: true,
  },
  {
    name: 'TUTTI_SHOWN_RESOURCE_ATTRIBUTES',
    values: 'names with commas, or `*`',
    default: '',
    meaning: 'Private resource attributes (command line, paths, owner) that the page shows all the same.',
    needs: 'page',
    isPublic: true,
  },
  {
    name: 'TUTTI_TRANSLATION_STRATEGY',
    values:
      '`UnderscoreEscapingWithSuffixes`, `UnderscoreEscapingWithoutSuffixes`, `NoUTF8EscapingWithSuffixes`, ' +
      '`NoTranslation`',
    default: 'UnderscoreEscapingWithSuffixes',
    meaning: "How names become Prometheus': OpenTelemetry's four strategies.",
    needs: 'page',
    isPublic: true,
  },
  {
    name: 'TUTTI_RESOURCE_CONSTANT_LABELS',
    values: 'names with commas, `*` and `!`',
    default: '',
    meaning: 'Resource attributes that stand on every sample: `deployment.*,!deployment.id`.',
    needs: 'page',
    isPublic: true,
  },
  {
    name: 'TUTTI_CREATED_TIMESTAMPS',
    values: '`true`, `false`',
    default: 'false',
    meaning: 'When counters and histograms began, in OpenMetrics and protobuf.',
    needs: 'page',
    isPublic: true,
  },
  {
    name: 'TUTTI_WITHOUT_SCOPE_INFO',
    values: '`true`, `false`',
    default: 'false',
    meaning: 'No `otel_scope_*` labels.',
    needs: 'page',
    isPublic: true,
  },
  {
    name: 'TUTTI_WITHOUT_TARGET_INFO',
    values: '`true`, `false`',
    default: 'false',
    meaning: 'No `target_info`.',
    needs: 'page',
    isPublic: true,
  },
  {
    name: 'TUTTI_CARDINALITY_LIMIT',
    values: '2 or more',
    default: '2000',
    meaning: 'Series of one instrument; what comes after them counts together under `otel.metric.overflow`.',
    isPublic: true,
  },
  {
    name: 'TUTTI_SEGMENT_BYTES_LIMIT',
    values: 'bytes',
    default: '268435456',
    meaning: "The size of one thread's segment; at most 768 MiB.",
    isPublic: true,
  },
  {
    name: 'TUTTI_MERGE',
    values: '`name=policy,...`',
    default: '',
    meaning: 'How the values of several workers become one; see [merging](../merging.md).',
    isPublic: true,
  },
]

/** What the preload tells its children; not for people. */
export const INTERNAL: readonly string[] = ['TUTTI_INHERITED', 'TUTTI_SERVICE_NAME']
