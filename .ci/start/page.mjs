import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

const limitMs = 10_000

/** Whether the metrics page takes connections. No request is sent: what is counted should be the traffic's alone. */
export async function waitForPage(port, end) {
  for (const untilMs = Date.now() + limitMs; Date.now() < untilMs && !end.signal; await wait(100)) {
    if (await takesConnections(port)) return true
  }
  return false
}

function takesConnections(port) {
  return new Promise(resolve => {
    const socket = connect({ port, host: 'localhost' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
