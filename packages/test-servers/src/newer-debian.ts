import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findOnPath } from './find-on-path.ts'

const run = promisify(execFile)

/**
 * The path of a program from a newer suite of Debian than the machine's own, unpacked into a cache of ours and
 * not installed. Where Debian's packages come from is read off the machine's own sources; undefined where there
 * are none, or the package can't be had.
 */
export async function findInNewerDebian(
  program: string,
  debianPackage: string,
  suite = 'trixie',
): Promise<string | undefined> {
  const cache = join(
    process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
    'tutti-debian',
    `${debianPackage}-${suite}`,
  )
  const path = join(cache, 'usr/bin', program)
  if (existsSync(path)) return path
  const source = debianSource(suite)
  if (source === undefined || findOnPath('apt-get') === undefined || findOnPath('dpkg') === undefined)
    return undefined
  const work = mkdtempSync(join(tmpdir(), 'tutti-debian-'))
  try {
    const unpacked = await unpack(work, source, debianPackage)
    mkdirSync(join(cache, '..'), { recursive: true })
    // Another process may have been faster; either copy will do.
    if (!existsSync(path)) renameSync(unpacked, cache)
  } catch {
    // Not in that suite, or no network: whether it worked shows in whether the program is there.
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return existsSync(path) ? path : undefined
}

async function unpack(work: string, source: string, debianPackage: string): Promise<string> {
  for (const directory of ['lists/partial', 'cache/archives/partial', 'download', 'unpacked']) {
    mkdirSync(join(work, directory), { recursive: true })
  }
  writeFileSync(join(work, 'newer.list'), source)
  const settings = {
    'Dir::Etc::sourcelist': join(work, 'newer.list'),
    'Dir::Etc::sourceparts': '-',
    'Dir::State::lists': join(work, 'lists'),
    'Dir::Cache': join(work, 'cache'),
    // As root, apt would fetch as a user who may not write here.
    'APT::Sandbox::User': 'root',
    'Acquire::Retries': '1',
    'Acquire::http::Timeout': '20',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
  const download = join(work, 'download')
  await run('apt-get', [...options, '-qq', 'update'], { timeout: 120_000 })
  await run('apt-get', [...options, '-qq', 'download', debianPackage], { cwd: download, timeout: 120_000 })
  const [archive] = readdirSync(download)
  const unpacked = join(work, 'unpacked')
  await run('dpkg', ['-x', join(download, archive), unpacked], { timeout: 60_000 })
  return unpacked
}

/** A source line for another suite at the place where this machine gets Debian's main archive from. */
function debianSource(suite: string): string | undefined {
  const directory = '/etc/apt/sources.list.d'
  const files = [
    '/etc/apt/sources.list',
    ...(existsSync(directory) ? readdirSync(directory).map(name => join(directory, name)) : []),
  ]
  const own = existsSync('/etc/os-release')
    ? /^VERSION_CODENAME=(\w+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
    : undefined
  if (own === undefined) return undefined
  for (const file of files.filter(each => existsSync(each))) {
    for (const stanza of readFileSync(file, 'utf8').split(/\n\s*\n/)) {
      const uri = uriFor(stanza, own)
      if (uri === undefined) continue
      const key = '/usr/share/keyrings/debian-archive-keyring.gpg'
      return `deb ${existsSync(key) ? `[signed-by=${key}] ` : ''}${uri} ${suite} main\n`
    }
  }
  return undefined
}

/** Both forms that apt reads: `deb URI SUITE main`, and fields. */
function uriFor(stanza: string, own: string): string | undefined {
  const line = new RegExp(`^deb\\s+(?:\\[[^\\]]*\\]\\s+)?(\\S+)\\s+${own}\\s+(?:\\S+\\s+)*main\\b`, 'm').exec(
    stanza,
  )
  if (line !== null) return line[1]
  const field = (name: string) =>
    new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(stanza)?.[1]?.trim().split(/\s+/) ?? []
  const isMain = field('Suites').includes(own) && field('Components').includes('main')
  return isMain ? field('URIs')[0] : undefined
}
