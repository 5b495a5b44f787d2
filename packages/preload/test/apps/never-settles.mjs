import '@opentelemetry/api'

console.log('ready')
await new Promise(() => {})
