// Publishes what ioredis 6 publishes, as a copy of it inside of a bundled app would.
const { tracingChannel } = require('node:diagnostics_channel')

const channel = tracingChannel('ioredis:command')

function trace(command, args, answer) {
  const server = { database: 3, serverAddress: 'cache', serverPort: 6379 }
  return channel.tracePromise(answer, { command, args, ...server })
}

async function work() {
  await trace('get', ['user:1'], async () => 'ann')
  await trace('get', ['user:2'], async () => null)
  await trace('hget', ['?', '?'], async () => 'x')
  await trace('lpush', ['name', '?'], async () => {
    throw Object.assign(new Error('WRONGTYPE Operation against a key'), { name: 'ReplyError' })
  }).catch(() => {})
  process.send({})
  process.on('message', () => {})
}

work()
