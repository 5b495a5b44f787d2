import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { KeeperReport, KeptServer } from './keeper.ts'

export interface RunningServer {
  url: string
  /** The server's own process, for tests that pause or kill it. */
  pid: number
  /** Ends the server and removes its temporary files. Calling it again waits for the same end. */
  stop(): Promise<void>
}

/**
 * Runs a server below a keeper: a small process that ends the server and removes its files when it is told to, or when
 * this process is gone for whatever reason, SIGKILL included.
 */
export async function keepServer(url: string, server: KeptServer): Promise<RunningServer> {
  const keeper = spawnKeeper()
  const exited = once(keeper, 'exit')
  const report = firstReport(keeper)
  keeper.send(server)
  const pid = await report
  // From here on an idle server must not keep its owner's event loop alive.
  keeper.unref()
  keeper.channel?.unref()
  // If the keeper itself is killed, nobody else would end the server.
  keeper.once('exit', (_code, signal) => {
    if (signal) endQuietly(pid, server.stopSignal)
  })
  return {
    url,
    pid,
    async stop() {
      keeper.ref()
      if (keeper.connected) keeper.disconnect()
      await exited
    },
  }
}

function spawnKeeper(): ChildProcess {
  const { NODE_OPTIONS: _preloads, ...env } = process.env
  // Its own process group: Ctrl-C in a terminal reaches the owner, which decides in which order things end.
  return spawn(process.execPath, [fileURLToPath(new URL('./keeper.mjs', import.meta.url))], {
    detached: true,
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}

function firstReport(keeper: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    keeper.once('error', reject)
    keeper.once('exit', (code, signal) => reject(new Error(`The keeper ended early (${signal ?? code}).`)))
    keeper.once('message', (report: KeeperReport) => {
      if ('pid' in report) resolve(report.pid)
      else reject(new Error(report.failure))
    })
  })
}

function endQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has already ended.
  }
}
