import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findDebianTool } from './debian-tool.ts'
import { findOnPath } from './find-on-path.ts'
import { freePort } from './free-port.ts'
import { keepServer, type RunningServer } from './keep-server.ts'

export interface RedisOptions {
  /** A free one if not given. */
  port?: number
}

/** A real Redis or Valkey on 127.0.0.1 that writes nothing to a disk. */
export async function startRedis(options: RedisOptions = {}): Promise<RunningServer> {
  const command = await findRedis()
  const port = options.port ?? (await freePort())
  const directory = mkdtempSync(join(tmpdir(), 'tutti-redis-'))
  const args = [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    directory,
  ]
  return keepServer(`redis://127.0.0.1:${port}`, {
    command,
    args,
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
    readyText: 'Ready to accept connections',
    stopSignal: 'SIGTERM',
    forceSignal: 'SIGKILL',
    temporaryDirectory: directory,
  })
}

async function findRedis(): Promise<string> {
  const onPath = findOnPath('redis-server', 'valkey-server')
  if (onPath) return onPath
  const installed = await findDebianTool('redis-server', 'redis-server')
  if (installed) return installed
  // Loaded only now: it downloads and compiles Redis, which takes a minute or more.
  const { RedisBinary } = await import('redis-memory-server')
  return RedisBinary.getPath()
}
