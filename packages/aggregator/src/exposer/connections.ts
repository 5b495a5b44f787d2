import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { groupBy } from './group-by.ts'
import type { Limits } from './limits.ts'
import type { Refusals } from './refusals.ts'

interface Connection {
  readonly socket: Socket
  readonly address: string
  readonly peer: string
  state: 'opening' | 'answering' | 'idle'
  /** When it came into its state. */
  sinceMs: number
  /** The answers that are not over yet, the newest last. */
  readonly answers: ServerResponse[]
}

/**
 * Under TLS a client may have read the end of an answer, and ask again, before we hear that it was sent. More than
 * one such answer nobody has who waits for each.
 */
const ANSWERS_LIMIT = 2

const SWEEP_INTERVAL_MS = 1_000

/**
 * All connections, and who has to go when there are too many or when one takes too long. Times are counted from the
 * beginning of a state, so a client that trickles gains nothing by it.
 */
export class Connections {
  readonly #limits: Limits
  readonly #refusals: Refusals
  readonly #now: () => number
  /** By peer; those that came into their state first come first. */
  readonly #connections: Map<string, Connection> = new Map()
  /** What names the connection of a socket that has no address. */
  readonly #peers: WeakMap<Socket, string> = new WeakMap()
  readonly #sweep: NodeJS.Timeout
  #unnamed = 0

  constructor(limits: Limits, refusals: Refusals, now: () => number = () => performance.now()) {
    this.#limits = limits
    this.#refusals = refusals
    this.#now = now
    const intervalMs = Math.min(SWEEP_INTERVAL_MS, limits.requestTimeoutMs, limits.responseTimeoutMs)
    // What has arrived is taken first: a long pass of ours must not look like slowness of theirs.
    this.#sweep = setInterval(() => setImmediate(() => this.#cutSlow()), intervalMs).unref()
  }

  get size(): number {
    return this.#connections.size
  }

  add(socket: Socket): void {
    if (this.#connections.size >= this.#limits.maxConnections) this.#makeRoom()
    // On a Unix socket clients have no address, and the socket of the request is this one.
    const peer = peerOf(socket) ?? `#${this.#unnamed++}`
    this.#peers.set(socket, peer)
    const address = socket.remoteAddress ?? ''
    this.#connections.set(peer, {
      socket,
      address,
      peer,
      state: 'opening',
      sinceMs: this.#now(),
      answers: [],
    })
    socket.once('close', () => {
      if (this.#connections.get(peer)?.socket === socket) this.#connections.delete(peer)
    })
    socket.on('error', () => {})
  }

  /** False when the connection has asked before its last answer was given: nobody who scrapes does that. */
  answer(socket: Socket, response: ServerResponse): boolean {
    // Under TLS the request has another socket than the one that was accepted, with the same peer.
    const connection = this.#connections.get(this.#peers.get(socket) ?? peerOf(socket) ?? '')
    if (connection === undefined) return true
    const { answers } = connection
    if (answers.length >= ANSWERS_LIMIT || answers.at(-1)?.writableEnded === false) return false
    answers.push(response)
    this.#enter(connection, 'answering')
    response.once('close', () => {
      answers.splice(answers.indexOf(response), 1)
      if (answers.length === 0) this.#enter(connection, 'idle')
    })
    return true
  }

  close(): void {
    clearInterval(this.#sweep)
    for (const { socket } of this.#connections.values()) socket.destroy()
  }

  #enter(connection: Connection, state: Connection['state']): void {
    connection.state = state
    connection.sinceMs = this.#now()
    if (!this.#connections.delete(connection.peer)) return
    this.#connections.set(connection.peer, connection)
  }

  /**
   * Of the address that has most connections one is closed: one that asks for nothing if there is any, and the one
   * that has been like that for longest. So whoever holds idle ones loses those and not Prometheus its scrape.
   */
  #makeRoom(): void {
    const byAddress = groupBy(this.#connections.values(), ({ address }) => address)
    const [crowd] = [...byAddress.values()].sort((a, b) => b.length - a.length)
    const victim = crowd.find(({ state }) => state !== 'answering') ?? crowd[0]
    this.#cut(victim, 'crowded', `there are more than ${this.#limits.maxConnections} connections`)
  }

  #cutSlow(): void {
    const { requestTimeoutMs, responseTimeoutMs, idleTimeoutMs } = this.#limits
    const now = this.#now()
    for (const connection of [...this.#connections.values()]) {
      const ageMs = now - connection.sinceMs
      if (connection.state === 'opening' && ageMs > requestTimeoutMs)
        this.#cut(connection, 'slow_request', `it did not ask within ${requestTimeoutMs / 1_000} s`)
      else if (connection.state === 'answering' && ageMs > responseTimeoutMs)
        this.#cut(connection, 'slow_reader', `it did not read its page within ${responseTimeoutMs / 1_000} s`)
      else if (connection.state === 'idle' && ageMs > idleTimeoutMs) connection.socket.destroy()
    }
  }

  #cut(connection: Connection, reason: 'crowded' | 'slow_request' | 'slow_reader', why: string): void {
    this.#refusals.count(reason, connection.address, why)
    this.#connections.delete(connection.peer)
    connection.socket.destroy()
  }
}

function peerOf({ remoteAddress, remotePort }: Socket): string | undefined {
  return remotePort === undefined ? undefined : `${remoteAddress} ${remotePort}`
}
