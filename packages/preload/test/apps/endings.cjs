// Ends in the way that its argument says. Every way has something to push, so that pushing could delay it.
const { metrics, trace } = require('@opentelemetry/api')

metrics.getMeter('app').createCounter('started').add(1)
trace.getTracer('app').startSpan('start').end()

const say = text => process.stdout.write(`${text}\n`)
const stayAlive = () => setInterval(() => {}, 1_000)
process.on('exit', code => say(`exit ${code}`))

const ways = {
  'has nothing left to do': () => {},
  'works a while': () => setTimeout(() => say('worked'), 50),
  'calls process.exit': () => process.exit(3),
  'calls process.exit while it works': () => {
    stayAlive()
    setTimeout(() => process.exit(3), 50)
  },
  'calls process.exit when it exits': () => process.on('exit', () => process.exit(6)),
  'sets its exit code': () => {
    process.exitCode = 4
  },
  'sets its exit code when it exits': () =>
    process.on('exit', () => {
      process.exitCode = 5
    }),
  throws: () => {
    throw new Error('on purpose')
  },
  'throws later': () => setTimeout(ways.throws, 20),
  'handles what it throws': () => {
    process.on('uncaughtException', error => say(`caught ${error.message}`))
    ways.throws()
  },
  'throws in its handler of errors': () => {
    process.on('uncaughtException', ways.throws)
    ways.throws()
  },
  rejects: () => Promise.reject(new Error('on purpose')),
  'handles what it rejects': () => {
    process.on('unhandledRejection', error => say(`caught ${error.message}`))
    ways.rejects()
  },
  'goes on before it exits': () => {
    let rounds = 0
    process.on('beforeExit', code => {
      say(`before exit ${code}`)
      if (rounds++ < 2) setTimeout(() => say('once more'), 10)
    })
  },
  aborts: () => process.abort(),
  'is killed': () => {
    stayAlive()
    process.kill(process.pid, 'SIGKILL')
  },
  'handles no signal': stayAlive,
  'handles signals': () => {
    const timer = stayAlive()
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
      process.on(name, signal => {
        say(`got ${signal}`)
        clearInterval(timer)
      })
    }
  },
  'exits in its handler': () => {
    stayAlive()
    process.on('SIGTERM', () => {
      say('got SIGTERM')
      process.exit(7)
    })
  },
  'wants to be told twice': () => {
    const timer = stayAlive()
    let times = 0
    process.on('SIGTERM', () => {
      say(`told ${++times}`)
      if (times === 2) clearInterval(timer)
    })
  },
  'handles a signal once': () => {
    stayAlive()
    process.once('SIGTERM', () => say('told once'))
  },
  'stops handling signals': () => {
    stayAlive()
    const listener = () => say('never')
    process.on('SIGTERM', listener)
    setTimeout(() => {
      process.off('SIGTERM', listener)
      say('no longer')
    }, 20)
  },
  // As `signal-exit` does: whoever is alone with a signal ends the process by it.
  'ends when nobody else handles the signal': () => {
    stayAlive()
    process.on('SIGTERM', function alone() {
      say(`listeners ${process.listeners('SIGTERM').length}`)
      if (process.listeners('SIGTERM').length > 1) return
      process.off('SIGTERM', alone)
      process.kill(process.pid, 'SIGTERM')
    })
  },
  'throws while it ends': () => {
    const timer = stayAlive()
    process.on('SIGTERM', () => {
      clearInterval(timer)
      setTimeout(ways.throws, 20)
    })
  },
  'drains its server': () => {
    const http = require('node:http')
    const server = http.createServer((_request, response) => {
      say('asked')
      setTimeout(() => response.end('answered'), 100)
    })
    // The connection is kept for so long, and with it the server; five seconds by default.
    server.keepAliveTimeout = 200
    server.listen(0, '127.0.0.1', () => {
      const agent = new http.Agent({ keepAlive: true })
      http.get({ port: server.address().port, agent }, response => {
        response.on('data', data => say(String(data))).on('end', () => say('ended'))
      })
    })
    process.on('SIGTERM', () => server.close(() => say('closed')))
  },
  'reads its input': () => {
    process.stdin.on('data', data => say(`read ${String(data).trim()}`)).on('end', () => say('end of input'))
  },
  'writes to a closed stdout': () => process.stdin.once('data', () => say('nobody reads this')),
  'writes to a closed stderr': () => {
    process.stdin.once('data', () => {
      process.stderr.write('nobody reads this\n', () => say('went on'))
    })
  },
  'has a thread that exits': () => {
    const { Worker } = require('node:worker_threads')
    const worker = new Worker('console.log("in thread"); process.exit(8)', { eval: true })
    worker.on('exit', code => say(`thread ${code}`))
  },
  'has a thread that throws': () => {
    const { Worker } = require('node:worker_threads')
    const worker = new Worker('throw new Error("in thread")', { eval: true })
    worker.on('error', error => say(`thread ${error.message}`)).on('exit', code => say(`thread ${code}`))
  },
  'has a thread that is terminated': () => {
    const { Worker } = require('node:worker_threads')
    const worker = new Worker('setInterval(() => {}, 1000)', { eval: true })
    worker.on('online', () => worker.terminate()).on('exit', code => say(`thread ${code}`))
  },
  'forks a child': () => {
    const { fork } = require('node:child_process')
    const child = fork(__filename, ['sets its exit code'])
    child.on('exit', (code, signal) => say(`child ${code} ${signal}`))
  },
  'forks a child that is told to end': () => {
    const { fork } = require('node:child_process')
    const child = fork(__filename, ['handles no signal'], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
    child.stdout.once('data', () => child.kill())
    child.on('exit', (code, signal) => say(`child ${code} ${signal}`))
  },
  'has workers that exit': () => {
    const cluster = require('node:cluster')
    if (!cluster.isPrimary) return cluster.worker.on('message', code => process.exit(code))
    cluster.on('online', worker => worker.send(worker.id + 10))
    cluster.on('exit', (worker, code, signal) => say(`worker ${worker.id} ${code} ${signal}`))
    cluster.fork().on('exit', () => cluster.fork())
  },
  'disconnects its workers': () => {
    const cluster = require('node:cluster')
    const net = require('node:net')
    if (!cluster.isPrimary) return net.createServer().listen(0, '127.0.0.1')
    cluster.fork()
    cluster.on('listening', () => cluster.disconnect(() => say('disconnected')))
    cluster.on('exit', (worker, code, signal) => say(`worker ${worker.id} ${code} ${signal}`))
  },
}

ways[process.argv[2]]()
say('ready')
