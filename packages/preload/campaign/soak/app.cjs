// A clustered service. The first worker lives through it all, the others come and go; they talk to the campaign by
// way of the primary.
const cluster = require('node:cluster')
const fs = require('node:fs')
const http = require('node:http')
const { Worker, isMainThread } = require('node:worker_threads')
const { metrics } = require('@opentelemetry/api')

const meter = metrics.getMeter('soak')

if (!isMainThread) meter.createCounter('threads').add(1)
else if (cluster.isPrimary) runPrimary()
else runWorker()

function runPrimary() {
  const [first] = Array.from({ length: 3 }, () => cluster.fork())
  let listening = 0
  cluster.on('listening', (_worker, { port }) => {
    if (++listening >= 3) process.send({ port })
  })
  const commands = {
    restart: ({ way }) => {
      const others = Object.values(cluster.workers).filter(worker => worker !== first)
      const ending = others[listening % others.length]
      ending.once('exit', () => cluster.fork())
      if (way === 'kill') ending.process.kill('SIGKILL')
      else if (way === 'disconnect') ending.disconnect()
      else ending.send({ kind: 'exit' })
    },
    thread: () => first.send({ kind: 'thread' }),
    measure: () => first.send({ kind: 'measure' }),
  }
  first.on('message', async worker => process.send({ worker, primary: await measure() }))
  process.on('message', message => commands[message.kind](message))
  process.on('disconnect', () => process.exit())
}

function runWorker() {
  const visits = meter.createCounter('visits')
  const open = meter.createUpDownCounter('open')
  const sizes = meter.createHistogram('sizes')
  meter.createGauge('started').record(Date.now())
  meter.createObservableGauge('load').addCallback(result => result.observe(Math.random(), { kind: 'cpu' }))
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    open.add(1)
    visits.add(1, { page: pathname })
    sizes.record(pathname.length, { page: pathname })
    setImmediate(() => {
      open.add(-1)
      response.end('hello')
    })
  })
  server.listen(0, '127.0.0.1')
  process.on('message', async ({ kind }) => {
    if (kind === 'exit') process.exit(0)
    if (kind === 'thread') new Worker(__filename)
    if (kind === 'measure') process.send(await measure())
  })
}

/** What may grow in a process. */
async function measure() {
  for (let round = 0; round < 2; round++) {
    globalThis.gc()
    await new Promise(resolve => setImmediate(resolve))
  }
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage()
  const thread = await globalThis.exposerThread?.getHeapStatistics?.()
  const mappings = fs.readFileSync('/proc/self/maps', 'utf8').split('\n')
  return {
    heapBytes: heapUsed,
    arrayBufferBytes: arrayBuffers,
    residentBytes: rss,
    exposerHeapBytes: thread?.used_heap_size ?? 0,
    handleCount: process.getActiveResourcesInfo().length,
    descriptorCount: fs.readdirSync('/proc/self/fd').length,
    mappingCount: mappings.length,
    segmentMappingCount: mappings.filter(line => line.includes('/tutti')).length,
  }
}
