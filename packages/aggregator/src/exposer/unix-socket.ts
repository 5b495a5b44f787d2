import { chmodSync, lstatSync, mkdtempSync, renameSync, rmdirSync, unlinkSync } from 'node:fs'
import { connect, type Server } from 'node:net'
import { dirname, join } from 'node:path'

/** `sun_path` holds 108 bytes, the last one 0. */
const MAX_PATH_BYTES = 107
const ASIDE = '.tutti-XXXXXX/s'

/**
 * Listens on a Unix socket that only this user can connect to. It is made where nobody else can look, closed to
 * others, and only then put in its place, where it replaces one that nobody listens on any more.
 * Rejects with `EADDRINUSE` when somebody does, or when what is there is not a socket.
 */
export async function listenOnUnixSocket(server: Server, path: string): Promise<void> {
  const folder = dirname(path)
  if (Buffer.byteLength(join(folder, ASIDE)) > MAX_PATH_BYTES)
    throw failure('ENAMETOOLONG', `the path of the socket is too long: ${path}. Choose a shorter folder`)
  await refuseOccupied(path)
  const privateFolder = mkdtempSync(join(folder, ASIDE.slice(0, -'XXXXXX/s'.length)))
  try {
    const aside = join(privateFolder, 's')
    await listenOn(server, aside)
    chmodSync(aside, 0o600)
    renameSync(aside, path)
  } catch (error) {
    server.close()
    throw error
  } finally {
    rmdirSync(privateFolder)
  }
  const { ino } = lstatSync(path)
  server.once('close', () => removeOwn(path, ino))
}

async function refuseOccupied(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!found.isSocket())
    throw failure('EEXIST', `${path} is there and is not a socket. Remove it or choose another path`)
  if (await isListenedOn(path)) throw failure('EADDRINUSE', `somebody listens on ${path}`)
}

/** Only a refusal says that nobody listens: what can't be told apart is left alone. */
function isListenedOn(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const probe = connect(path, () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT')
    })
  })
}

function listenOn(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ path, exclusive: true }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Another exposer may have put its own there since. */
function removeOwn(path: string, ino: number): void {
  try {
    if (lstatSync(path).ino === ino) unlinkSync(path)
  } catch {
    // Gone already.
  }
}

function failure(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code })
}
