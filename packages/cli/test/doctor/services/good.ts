import { FASTIFY } from './apps.ts'
import { bare, COMPOSE, DOCKERFILE, ECS, KUBERNETES, PM2, START } from './manifests.ts'
import { manifest, type Row, row } from './row.ts'

const ALL = {
  Dockerfile: DOCKERFILE,
  'k8s/shop.yaml': KUBERNETES,
  'compose.yaml': COMPOSE,
  'ecs/task.json': ECS,
  'ecosystem.config.js': PM2,
  Procfile: `web: ${START}\nrelease: node migrate.js\n`,
  '.env': 'OTEL_RESOURCE_ATTRIBUTES=deployment.environment.name=production\n',
}

/** Services in which nothing is to be found. */
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
