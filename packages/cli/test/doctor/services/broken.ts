import { EXPRESS, FASTIFY } from './apps.ts'
import { bare, COMPOSE, DOCKERFILE, ECS, KUBERNETES, PM2, START } from './manifests.ts'
import { manifest, type Row, row } from './row.ts'

export const BROKEN: readonly Row[] = [
  {
    name: 'broken-json',
    isAside: true,
    found: ['TUTTI001 package.json:1'],
    files: { 'package.json': '{ "name": "x", }}' },
  },
  row('old-node', ['TUTTI101 Dockerfile:1'], { Dockerfile: DOCKERFILE.replace('24-', '20-') }),
  row('other-engines', ['TUTTI102 .nvmrc:1'], { '.nvmrc': 'v22.20.0\n' }, { engines: { node: '^24' } }),
  row('two-apis', ['TUTTI103 package.json:11'], {}, { dependencies: { '@opentelemetry/api': '1.9.0' } }),
  row(
    'two-sdks-installed',
    ['TUTTI104 package.json:11', 'TUTTI106 package.json:11'],
    {},
    { dependencies: { '@opentelemetry/sdk-metrics': '2.12.0' } },
  ),
  row(
    'peer',
    ['TUTTI106 package.json:11'],
    {},
    { dependencies: { '@opentelemetry/context-async-hooks': '2.12.0' } },
  ),
  row('old-library', ['TUTTI107 package.json:11'], {}, { dependencies: { pg: '7.18.2' } }),
  row(
    'drift',
    ['TUTTI108 package.json:14'],
    {},
    {
      tutti: { set: 'current' },
      dependencies: { '@opentelemetry/semantic-conventions': '1.41.1' },
    },
  ),
  row(
    'development-only',
    ['TUTTI109 package.json:6'],
    {},
    {
      devDependencies: { '@tutti/preload': '^0.1.0' },
      dependencies: { '@tutti/preload': '' },
    },
  ),
  row('script', ['TUTTI201 package.json:6'], {}, { start: 'node server.js' }),
  row(
    'npm-start',
    ['TUTTI201 package.json:6'],
    { Dockerfile: DOCKERFILE.replace(/CMD.*/, 'CMD npm start') },
    { start: 'NODE_ENV=production node --enable-source-maps server.js' },
  ),
  row('image', ['TUTTI202 Dockerfile:7'], { Dockerfile: bare(DOCKERFILE) }),
  row('pod', ['TUTTI203 k8s/shop.yaml:11'], { 'k8s/shop.yaml': bare(KUBERNETES) }),
  row('compose', ['TUTTI204 compose.yaml:4'], { 'compose.yaml': bare(COMPOSE) }),
  row('task', ['TUTTI205 ecs/task.json:6'], { 'ecs/task.json': bare(ECS) }),
  row('pm2', ['TUTTI206 ecosystem.config.js:5', 'TUTTI206 ecosystem.config.js:11'], {
    'ecosystem.config.js': bare(PM2),
  }),
  row('procfile', ['TUTTI207 Procfile:1'], { Procfile: 'web: node server.js\n' }),
  {
    name: 'esm-hook',
    found: ['TUTTI201 package.json:7', 'TUTTI211 package.json:7'],
    files: {
      'package.json': manifest('esm-hook', {
        type: 'module',
        start: 'node --require @opentelemetry/auto-instrumentations-node/register server.js',
        dependencies: {
          express: '',
          fastify: '5.12.8',
          '@opentelemetry/auto-instrumentations-node': '0.82.0',
        },
      }),
      'server.js': FASTIFY,
    },
  },
  row(
    'imported',
    ['TUTTI212 server.js:1'],
    { 'server.js': `require('@tutti/preload')\n${EXPRESS}` },
    { start: 'node server.js' },
  ),
  row(
    'second-sdk',
    ['TUTTI213 telemetry.js:2'],
    {
      'telemetry.js': `const { NodeSDK } = require('@opentelemetry/sdk-node')\nnew NodeSDK({}).start()\n`,
      'server.js': `require('./telemetry.js')\n${EXPRESS}`,
    },
    { dependencies: { '@opentelemetry/sdk-node': '0.300.0' } },
  ),
  // What esbuild makes of server.js stands there before the doctor comes.
  row('bundle', ['TUTTI214 dist/server.js:1'], {}, { start: 'node --require @tutti/preload dist/server.js' }),
  row(
    'early',
    ['TUTTI215 package.json:6'],
    { 'database.js': "exports.app = require('express')\n" },
    { start: 'node --require ./database.js --require @tutti/preload server.js' },
  ),
  {
    name: 'nameless',
    isAside: true,
    found: ['TUTTI301 package.json:1'],
    files: {
      'package.json': `{ "scripts": { "start": "${START}" }, "dependencies": { "@tutti/preload": "^0.1.0" } }`,
      'server.js': EXPRESS,
    },
  },
  row(
    'dead',
    ['TUTTI302 .env:1', 'TUTTI302 Dockerfile:5', 'TUTTI302 compose.yaml:7', 'TUTTI302 k8s/shop.yaml:18'],
    {
      '.env': 'OTEL_SERVICENAME=shop\nUNRELATED=1\n',
      Dockerfile: DOCKERFILE.replace('EXPOSE', 'ENV OTEL_METRICS_PORT=9464\nEXPOSE')
        .replace(/ENV OTEL_EXPORTER.*\n/, '')
        .replace('CMD', 'ENV OTEL_EXPORTER_PROMETHEUS_HOST=0.0.0.0\nCMD'),
      'compose.yaml': COMPOSE.replace('OTEL_SERVICE_NAME: shop', 'OTEL_METRIC_EXPORT_INTERVAL: "1000"'),
      'k8s/shop.yaml': KUBERNETES.replace(
        'value: "0.0.0.0"',
        'value: "0.0.0.0"\n            - name: TUTTI_DIRECTORY\n              value: /run/tutti',
      ),
    },
  ),
  row('loopback-image', ['TUTTI303 Dockerfile:5'], { Dockerfile: DOCKERFILE.replace(/ENV.*\n/, '') }),
  row('loopback-pod', ['TUTTI303 k8s/shop.yaml:16'], {
    'k8s/shop.yaml': KUBERNETES.replace('0.0.0.0', '127.0.0.1'),
  }),
  row('loopback-compose', ['TUTTI303 compose.yaml:7'], {
    'compose.yaml': COMPOSE.replace(/ {6}OTEL_EXPORTER.*\n/, ''),
  }),
  row(
    'exporter',
    ['TUTTI304 metrics.js:3'],
    {
      'metrics.js': `const { PrometheusExporter } = require('@opentelemetry/exporter-prometheus')
const { MeterProvider } = require('@opentelemetry/sdk-metrics')
exports.provider = new MeterProvider({ readers: [new PrometheusExporter({ port: 9465 })] })
`,
      'server.js': `const cluster = require('node:cluster')
if (cluster.isPrimary) for (let i = 0; i < 2; i++) cluster.fork()
else {
  require('./metrics.js')
  require('express')().listen(3000)
}
`,
    },
    {
      dependencies: {
        '@opentelemetry/exporter-prometheus': '0.300.0',
        '@opentelemetry/sdk-metrics': '3.0.0',
      },
    },
  ),
  row('one-port', ['TUTTI305 ecosystem.config.js:12'], {
    'ecosystem.config.js': PM2.replace(/ {6}env.*\n/, ''),
  }),
  row(
    'views',
    ['TUTTI306 metrics.ts:7'],
    {
      'metrics.ts': `import { AggregationType, MeterProvider } from '@opentelemetry/sdk-metrics'

export const provider: MeterProvider = new MeterProvider({
  views: [
    { instrumentName: 'http.server.*', attributesProcessors: [] },
    { instrumentName: 'queue.*', aggregation: { type: AggregationType.DROP } },
    { instrumentName: '*.request.duration', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
    { instrumentName: 'queue.depth', name: 'queue.length' },
    { instrumentName: 'http.server.*', meterName: 'mine', name: 'mine' },
  ],
})
`,
    },
    { dependencies: { '@opentelemetry/sdk-metrics': '3.0.0' } },
  ),
]
