/** Asks again as soon as it is answered: `node node-load-process.mjs <url> <seconds> <connections> [headers as JSON]`. */
import { connect } from 'node:net'

const [url, seconds, connections, headers = '{}'] = process.argv.slice(2)
const { hostname, port, pathname, search, host } = new URL(url!)
const lines = Object.entries({ host, ...JSON.parse(headers) }).map(([name, value]) => `${name}: ${value}\r\n`)
const request = `GET ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`
const start = performance.now()
let requests = 0
let open = 0

for (let index = 0; index < Number(connections); index++) ask()

setTimeout(() => {
  if (open < Number(connections))
    throw new Error(`${Number(connections) - open} connections were refused or closed`)
  process.stdout.write(JSON.stringify({ requests, seconds: (performance.now() - start) / 1e3 }))
  process.exit()
}, Number(seconds) * 1e3)

function ask(): void {
  const socket = connect(Number(port), hostname)
  let received = ''
  socket.once('connect', () => {
    open++
    socket.write(request)
  })
  socket.on('error', () => {})
  socket.on('close', () => open--)
  socket.on('data', data => {
    received += data.toString('latin1')
    if (!isWhole(received)) return
    if (!received.startsWith('HTTP/1.1 2')) throw new Error(`answered ${received.slice(0, 40)}`)
    requests++
    received = ''
    socket.write(request)
  })
}

/** By its Content-Length; a body in chunks ends with an empty one. */
function isWhole(text: string): boolean {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1]
  return length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= headEnd + 4 + Number(length)
}
