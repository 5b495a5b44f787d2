import { connect } from 'node:net'
import type { Random } from '../random.ts'

/** Longer than an exposer lets anybody take for asking. */
const PATIENCE_MS = 60_000

/**
 * Sends the bytes in pieces, on a connection of its own, and gives what was answered until its end. Undefined when
 * this client went away itself. Rejects when the exposer neither answers nor ends the connection.
 */
export function exchange(port: number, bytes: Buffer, random: Random): Promise<Buffer | undefined> {
  const leaves = random.chance(0.1)
  const pieces = cut(bytes, random)
  return new Promise((resolve, reject) => {
    const answered: Buffer[] = []
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    const patience = setTimeout(() => {
      socket.destroy()
      reject(new Error(`no end of the connection after ${JSON.stringify(bytes.toString('latin1'))}`))
    }, PATIENCE_MS)
    socket.setNoDelay(true)
    socket.on('data', data => answered.push(data))
    // What was answered before the connection was reset counts.
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(patience)
      resolve(leaves ? undefined : Buffer.concat(answered))
    })
    socket.on('end', () => socket.end())
    socket.on('connect', () => {
      const sendNext = (): void => {
        const piece = pieces.shift()
        if (piece !== undefined) return void socket.write(piece, () => setImmediate(sendNext))
        if (leaves) socket.destroy()
        else socket.end()
      }
      sendNext()
    })
  })
}

function cut(bytes: Buffer, random: Random): Buffer[] {
  const places = Array.from({ length: random.below(4) }, () => random.below(bytes.length + 1)).toSorted(
    (a, b) => a - b,
  )
  return [0, ...places].map((place, index) => bytes.subarray(place, places[index] ?? bytes.length))
}
