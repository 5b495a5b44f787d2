import type { Command } from '../../arguments/command.ts'

const STRATEGIES = [
  'UnderscoreEscapingWithSuffixes',
  'UnderscoreEscapingWithoutSuffixes',
  'NoUTF8EscapingWithSuffixes',
  'NoTranslation',
]

export const serve: Command = {
  name: 'serve',
  summary: 'the page of a directory, from a process beside the app',
  operands: '[directory]',
  maxOperands: 1,
  about: `Serves the page of a directory that other processes or containers write to. Waits for a directory that is not
there yet, and when the app serves the page itself, takes over when it no longer does. Let the app leave the page to
this process with OTEL_METRICS_EXPORTER=none. Run it as the user of the app: the directory is private.

It goes on when all writers have ended, so that the last counts are still scraped; SIGTERM ends it. Where nobody sends
one, in the pod of a Kubernetes job, --linger lets it end by itself.`,
  options: [
    { name: 'directory', short: 'd', value: '<path>', variable: 'TUTTI_DIR', help: 'The directory.' },
    {
      name: 'host',
      value: '<address>',
      variable: 'OTEL_EXPORTER_PROMETHEUS_HOST',
      fallback: '127.0.0.1',
      help: 'Where to listen; 0.0.0.0 opens it to other machines, unix:/path is a Unix socket.',
    },
    {
      name: 'port',
      short: 'p',
      value: '<number>',
      variable: 'OTEL_EXPORTER_PROMETHEUS_PORT',
      fallback: '9464',
      help: '0 takes any free one.',
    },
    { name: 'path', value: '<path>', fallback: '/metrics', help: 'The path of the page.' },
    {
      name: 'web-config-file',
      value: '<file>',
      variable: 'TUTTI_WEB_CONFIG_FILE',
      help: "Prometheus' web.config.yml: TLS, client certificates, passwords.",
    },
    {
      name: 'bearer-token-file',
      value: '<file>',
      variable: 'TUTTI_BEARER_TOKEN_FILE',
      help: 'A token a line, of which a scrape must send one.',
    },
    {
      name: 'console',
      value: '<on|off>',
      choices: ['on', 'off'],
      variable: 'TUTTI_CONSOLE',
      fallback: 'off',
      help: 'The live page at /.',
    },
    {
      name: 'translation-strategy',
      value: '<name>',
      choices: STRATEGIES,
      variable: 'TUTTI_TRANSLATION_STRATEGY',
      help: "How names become Prometheus'.",
    },
    {
      name: 'constant-label',
      value: '<pattern>',
      many: true,
      variable: 'TUTTI_RESOURCE_CONSTANT_LABELS',
      help: 'Resource attributes that stand on every sample.',
    },
    {
      name: 'shown-attribute',
      value: '<name>',
      many: true,
      variable: 'TUTTI_SHOWN_RESOURCE_ATTRIBUTES',
      help: 'Private resource attributes that the page shows all the same.',
    },
    {
      name: 'created-timestamps',
      variable: 'TUTTI_CREATED_TIMESTAMPS',
      help: 'When counters and histograms began.',
    },
    { name: 'without-scope-info', variable: 'TUTTI_WITHOUT_SCOPE_INFO', help: 'No otel_scope_* labels.' },
    { name: 'without-target-info', variable: 'TUTTI_WITHOUT_TARGET_INFO', help: 'No target_info.' },
    {
      name: 'linger',
      value: '<seconds>',
      help: 'Ends so long after the last writer has; give it more than two scrapes. Without it: only by a signal.',
    },
  ],
  examples: [
    [
      'tutti serve /run/tutti --host 0.0.0.0',
      'a sidecar: the app has TUTTI_DIR=/run/tutti on a shared volume',
    ],
    [
      'tutti serve /run/tutti --host 0.0.0.0 --linger 60',
      'in the pod of a job, which ends when all containers have',
    ],
  ],
  load: () => import('./serve.ts'),
}
