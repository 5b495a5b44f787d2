// Sends the requests that a test asks for, with one client after another.
const http = require('node:http')
const https = require('node:https')

const clients = {
  http: options => send(http, options),
  https: options => send(https, options),
  fetch: options => sendWith(fetch, options),
  undici: options => sendWith(require('undici').fetch, options),
  undici7: options => sendWith(require('undici7').fetch, options),
  'undici.request': async ({ url, timeoutMs, method }) => {
    const { body } = await require('undici').request(url, { method, headersTimeout: timeoutMs })
    await body.dump()
  },
}

process.on('message', async message => {
  const send = clients[message.client]
  if (send === undefined) return
  try {
    await send(message)
    process.send('ok')
  } catch (error) {
    process.send(`${error.name} ${error.code}`)
  }
})
process.send({ port: 0 })

function send(module, { url, method = 'GET', body, abortMs, timeoutMs, ...options }) {
  const { destroyOnResponse, endAfterMs } = options
  const signal = signalOf({ abortMs, timeoutMs })
  return new Promise((resolve, reject) => {
    const callback = response => {
      if (destroyOnResponse) response.destroy()
      response.resume().on('close', () => endAfterMs ?? resolve())
    }
    const all = { method, signal, agent: new module.Agent({ keepAlive: true }), ...options }
    const request = url === undefined ? module.request(all, callback) : module.request(url, all, callback)
    request.on('error', reject)
    if (endAfterMs === undefined) return request.end(body)
    request.on('close', resolve).write('begun')
    setTimeout(() => request.end(), endAfterMs)
  })
}

async function sendWith(fetch, { url, method, headers, abortMs, timeoutMs }) {
  const response = await fetch(url, { method, headers, signal: signalOf({ abortMs, timeoutMs }) })
  await response.arrayBuffer()
}

function signalOf({ abortMs, timeoutMs }) {
  if (timeoutMs !== undefined) return AbortSignal.timeout(timeoutMs)
  if (abortMs === undefined) return undefined
  const controller = new AbortController()
  setTimeout(() => controller.abort(), abortMs)
  return controller.signal
}
