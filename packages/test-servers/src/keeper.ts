import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'

/** What an owner asks its keeper to run. Everything is plain JSON: it crosses a process boundary. */
export interface KeptServer {
  command: string
  args: string[]
  env: Record<string, string>
  uid?: number | undefined
  gid?: number | undefined
  /** Run to its end before the server: initdb. */
  prepare?: { command: string; args: string[] } | undefined
  /** The server is ready when it has printed this. */
  readyText: string
  stopSignal: NodeJS.Signals
  /** Sent when stopSignal did not end it within ten seconds. */
  forceSignal: NodeJS.Signals
  /** Removed at the end. */
  temporaryDirectory?: string | undefined
}

export type KeeperReport = { pid: number } | { failure: string }

const forceAfterMs = 10_000
const outputLimit = 4_000

process.once('message', (server: KeptServer) => void keep(server))
// Started by hand, or the owner died before it said what to run: nothing to keep.
if (!process.connected) process.exit(0)

/** Runs the server until it ends by itself or the owner disconnects, which its death does too. */
async function keep(server: KeptServer): Promise<void> {
  let running: ChildProcess | undefined
  let ending = false
  const end = (): void => {
    if (ending) return
    ending = true
    running?.kill(server.stopSignal)
    setTimeout(() => running?.kill(server.forceSignal), forceAfterMs).unref()
  }
  process.on('disconnect', end)
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  process.on('SIGHUP', end)

  const run = (command: string, args: string[], onReady?: () => void): Promise<Outcome> => {
    if (ending) return Promise.resolve({ ok: false, output: 'stopped before it was ready' })
    running = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: server.env,
      cwd: '/',
      ...(server.uid !== undefined && { uid: server.uid, gid: server.gid }),
    })
    return outcome(running, server.readyText, onReady)
  }

  const prepared = server.prepare
    ? await run(server.prepare.command, server.prepare.args)
    : { ok: true, output: '' }
  let ready = false
  const ended = !prepared.ok
    ? prepared
    : await run(server.command, server.args, () => {
        ready = true
        report({ pid: running!.pid! })
      })
  if (!ready) report({ failure: `${server.command} did not start: ${ended.output.trim()}` })
  if (server.temporaryDirectory)
    rmSync(server.temporaryDirectory, { recursive: true, force: true, maxRetries: 5 })
  process.exit(0)
}

interface Outcome {
  ok: boolean
  output: string
}

function outcome(child: ChildProcess, readyText: string, onReady?: () => void): Promise<Outcome> {
  let output = ''
  let waitingForReady = onReady !== undefined
  const read = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-outputLimit)
    if (!waitingForReady || !output.includes(readyText)) return
    waitingForReady = false
    onReady?.()
  }
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  return new Promise(resolve => {
    child.once('error', error => resolve({ ok: false, output: error.message }))
    child.once('close', (code, signal) =>
      resolve({ ok: code === 0, output: output || `it ended with ${signal ?? code}` }),
    )
  })
}

function report(message: KeeperReport): void {
  // The owner may be gone; then nobody wants to know.
  if (process.connected) process.send?.(message, () => undefined)
}
