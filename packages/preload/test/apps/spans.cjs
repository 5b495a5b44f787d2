// Makes a span whenever it is told to, and ends as its argument says.
const { trace } = require('@opentelemetry/api')

const tracer = trace.getTracer('app')
const stayingAlive = setInterval(() => {}, 1_000)
const ways = {
  dies: () => {},
  exits: () => {
    process.on('SIGTERM', () => {
      // A request that was under way ends after the signal.
      setTimeout(() => tracer.startSpan('late').end(), 20)
      setTimeout(() => process.exit(0), 1_500)
    })
  },
  finishes: () => process.on('SIGTERM', () => clearInterval(stayingAlive)),
}
ways[process.argv[2]]()
tracer.startSpan('early').end()
console.log('ready')
