/** Whatever starts a service, with the preload as it should be. */
export const DOCKERFILE = `FROM node:24-bookworm-slim
WORKDIR /app
COPY . .
RUN npm ci --omit=dev
ENV OTEL_EXPORTER_PROMETHEUS_HOST=0.0.0.0
EXPOSE 9464
CMD ["node", "--require", "@tutti/preload", "server.js"]
`

export const KUBERNETES = `apiVersion: apps/v1
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

export const COMPOSE = `services:
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

export const ECS = `{
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

export const PM2 = `module.exports = {
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

export const START = 'node --require @tutti/preload server.js'
const WITHOUT = [
  ' --require @tutti/preload',
  '"--require", "@tutti/preload", ',
  "      node_args: '--require @tutti/preload',\n",
]

/** Takes the preload out wherever it stands. */
export function bare(text: string): string {
  return WITHOUT.reduce((rest, part) => rest.replaceAll(part, ''), text)
}
