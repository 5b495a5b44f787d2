/** A service with a fault, or with none: its files, and what the doctor finds there, to the line. */
export interface Row {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  /** `code file:line` */
  readonly found: readonly string[]
  /** It is no member of the workspace that npm installs: npm would refuse it. */
  readonly isAside?: true
}

export const EXPRESS = `const express = require('express')
const app = express()
app.get('/orders/:id', (req, res) => res.send(req.params.id))
const server = app.listen(process.env.PORT ?? 0, () => console.log('listening', server.address().port))
`

export const FASTIFY = `import fastify from 'fastify'
const app = fastify()
app.get('/orders/:id', async request => request.params.id)
await app.listen({ port: Number(process.env.PORT ?? 0) })
console.log('listening', app.server.address().port)
`

const DOCKERFILE = `FROM node:24-bookworm-slim
WORKDIR /app
COPY . .
RUN npm ci --omit=dev
ENV OTEL_EXPORTER_PROMETHEUS_HOST=0.0.0.0
EXPOSE 9464
CMD ["node", "--require", "@tutti/preload", "server.js"]
`

const KUBERNETES = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    spec:
      containers:
        - name: shop
          image: registry.example/shop:1
          command: ["node", "--require", "@tutti/preload", "server.js"]
          ports:
            - name: metrics
              containerPort: 9464
          env:
            - name: OTEL_EXPORTER_PROMETHEUS_HOST
              value: "0.0.0.0"
        - name: proxy
          image: envoyproxy/envoy:v1.35.0
          args: [--config-path, /etc/envoy.yaml]
        - name: exposer
          image: registry.example/shop:1
          command: ["node", "node_modules/@tutti/cli/dist/main.mjs", "serve", "/run/tutti/segments"]
`

const COMPOSE = `services:
  shop:
    build: .
    command: node --require @tutti/preload server.js
    environment:
      OTEL_EXPORTER_PROMETHEUS_HOST: 0.0.0.0
      OTEL_SERVICE_NAME: shop
    ports: ["9464:9464"]
  redis:
    image: redis:8
    command: [redis-server, --appendonly, "yes"]
`

const ECS = `{
  "family": "shop",
  "containerDefinitions": [
    {
      "name": "shop",
      "command": ["node", "--require", "@tutti/preload", "server.js"],
      "environment": [{ "name": "OTEL_SERVICE_NAME", "value": "shop" }]
    },
    { "name": "collector", "command": ["--config=env:COLLECTOR_CONFIG"] }
  ]
}
`

const PM2 = `module.exports = {
  apps: [
    {
      name: 'shop',
      script: 'server.js',
      instances: 2,
      exec_mode: 'cluster',
      node_args: '--require @tutti/preload',
    },
    {
      name: 'shop-jobs',
      script: 'server.js',
      node_args: '--require @tutti/preload',
      env: { OTEL_EXPORTER_PROMETHEUS_PORT: '9465' },
    },
  ],
}
`

const START = 'node --require @tutti/preload server.js'
const WITHOUT = [
  ' --require @tutti/preload',
  '"--require", "@tutti/preload", ',
  "      node_args: '--require @tutti/preload',\n",
]

/** Takes the preload out wherever it stands. */
function bare(text: string): string {
  return WITHOUT.reduce((rest, part) => rest.replaceAll(part, ''), text)
}

interface Manifest {
  readonly start?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

/** Lines: name 2, version 3, private 4, what else is given, scripts, dependencies. */
function manifest(name: string, { start = START, dependencies, ...others }: Manifest = {}): string {
  const all = { '@tutti/preload': '^0.1.0', express: '5.3.0', ...dependencies }
  const value = {
    name,
    version: '1.0.0',
    private: true,
    ...others,
    ...(start !== '' && { scripts: { start } }),
    dependencies: Object.fromEntries(Object.entries(all).filter(([, version]) => version !== '')),
  }
  return `${JSON.stringify(value, null, 2)}\n`
}

function row(name: string, found: readonly string[], files: Record<string, string>, of: Manifest = {}): Row {
  return { name, found, files: { 'package.json': manifest(name, of), 'server.js': EXPRESS, ...files } }
}

const ALL = {
  Dockerfile: DOCKERFILE,
  'k8s/shop.yaml': KUBERNETES,
  'compose.yaml': COMPOSE,
  'ecs/task.json': ECS,
  'ecosystem.config.js': PM2,
  Procfile: `web: ${START}\nrelease: node migrate.js\n`,
  '.env': 'OTEL_RESOURCE_ATTRIBUTES=deployment.environment.name=production\n',
}

export const GOOD: readonly Row[] = [
  row('good', [], ALL),
  {
    name: 'good-esm',
    found: [],
    files: {
      'package.json': manifest('good-esm', {
        type: 'module',
        dependencies: { express: '', fastify: '5.12.8' },
      }),
      'server.js': FASTIFY,
    },
  },
  row(
    'good-by-options',
    [],
    {
      Dockerfile: bare(DOCKERFILE).replace('EXPOSE', 'ENV NODE_OPTIONS="--require @tutti/preload"\nEXPOSE'),
      'k8s/shop.yaml': bare(KUBERNETES),
    },
    { start: 'node server.js' },
  ),
  row('good-by-comment', [], {
    Procfile: '# tutti-ignore TUTTI207: it records nothing\nclock: node server.js\n',
  }),
  row('good-with-traces', [], { '.env': 'OTEL_TRACES_EXPORTER=otlp\nOTEL_BSP_SCHEDULE_DELAY=1000\n' }),
]

/** Services that know nothing of Tutti, each of another kind: what `tutti init` is given. */
export const PLAIN: readonly Row[] = [
  {
    name: 'plain-express',
    found: [
      'TUTTI202 Dockerfile:5',
      'TUTTI203 k8s/deployment.yaml:13',
      'TUTTI201 package.json:5',
      'TUTTI207 Procfile:1',
    ],
    files: {
      'package.json': `{\n    "name": "plain-express",\n    "scripts": {\n        "test": "node --test",\n        "start": "NODE_ENV=production node --enable-source-maps server.js"\n    },\n    "dependencies": {\n        "express": "5.3.0"\n    }\n}\n`,
      'server.js': EXPRESS,
      Dockerfile:
        'FROM node:24-alpine AS base\nWORKDIR /app\nFROM base\nCOPY . .\nCMD [ "node", "server.js" ]\n',
      'k8s/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: plain-express
spec:
  template:
    spec:
      containers:
        - name: app
          # ours
          image: registry.example/plain-express:1
          command:
            - node
            - server.js
          ports:
            - containerPort: 3000
`,
      Procfile: 'web: node server.js\n',
    },
  },
  {
    name: 'plain-esm',
    found: ['TUTTI204 compose.yaml:4'],
    files: {
      'package.json':
        '{\n  "name": "plain-esm",\n  "type": "module",\n  "main": "server.js",\n  "dependencies": {\n    "fastify": "5.12.8"\n  }\n}\n',
      'server.js': FASTIFY,
      'compose.yaml': 'services:\n  shop:\n    image: node:24\n    command: ["node", "server.js"]\n',
    },
  },
  {
    name: 'plain-typescript',
    found: ['TUTTI201 package.json:5'],
    files: {
      'package.json':
        '{\n  "name": "plain-typescript",\n  "type": "module",\n  "scripts": {\n    "start": "tsx src/server.ts"\n  },\n  "dependencies": {\n    "fastify": "5.12.8",\n    "tsx": "4.23.15"\n  }\n}\n',
      'src/server.ts': `${FASTIFY}export type Order = { id: string }\n`,
      'tsconfig.json': '{}\n',
    },
  },
  {
    name: 'plain-pm2',
    found: ['TUTTI206 ecosystem.config.cjs:3'],
    files: {
      'package.json':
        '{\n\t"name": "plain-pm2",\n\t"scripts": {\n\t\t"start": "pm2-runtime ecosystem.config.cjs"\n\t},\n\t"dependencies": {\n\t\t"express": "5.3.0"\n\t}\n}\n',
      'server.js': EXPRESS,
      'ecosystem.config.cjs':
        "module.exports = {\n  apps: [\n    { name: 'shop', script: 'server.js', instances: 2, exec_mode: 'cluster' },\n  ],\n}\n",
    },
  },
  {
    name: 'plain-next',
    found: ['TUTTI201 package.json:5'],
    files: {
      'package.json':
        '{\n  "name": "plain-next",\n  "scripts": {\n    "dev": "next dev",\n    "start": "next start -p 3000"\n  },\n  "dependencies": {}\n}\n',
      'next.config.mjs': "export default { output: 'standalone' }\n",
    },
  },
]

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
