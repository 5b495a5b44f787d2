module.exports = {
  apps: [
    {
      name: process.env.TEST_NAME,
      script: 'http.cjs',
      instances: 2,
      exec_mode: 'cluster',
      node_args: '--require @tutti/preload',
      env: { OTEL_EXPORTER_PROMETHEUS_PORT: '0' },
    },
    {
      name: `${process.env.TEST_NAME}-jobs`,
      script: 'http.cjs',
      exec_mode: 'fork',
      node_args: '--require @tutti/preload',
      env: { OTEL_EXPORTER_PROMETHEUS_PORT: '0', OTEL_RESOURCE_ATTRIBUTES: 'team=jobs' },
    },
  ],
}
