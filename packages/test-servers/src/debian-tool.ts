import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { findOnPath } from './find-on-path.ts'

/**
 * The path of a program, installed from Debian's package if it is missing and this process may do so (root, apt-get).
 * Undefined if there is no way to have it. The package's own service is neither started nor enabled.
 */
export async function findDebianTool(name: string, debianPackage: string): Promise<string | undefined> {
  const present = findOnPath(name)
  if (present) return present
  if (process.getuid?.() !== 0 || !findOnPath('apt-get')) return undefined
  // One attempt a process: a machine without network should not wait for it again in every test.
  const key = `${name} ${debianPackage}`
  const attempt = attempts.get(key) ?? install(name, debianPackage)
  attempts.set(key, attempt)
  await attempt
  return findOnPath(name)
}

const attempts = new Map<string, Promise<void>>()

// policy-rc.d is Debian's own way to say that an installation must not start services; one that exists is obeyed and
// kept. The lock makes parallel test processes wait for one another instead of failing on apt's lock.
const installScript = `
  exec 9>/run/tutti-apt.lock
  if command -v flock >/dev/null; then flock -w 300 9; fi
  if command -v "$1" >/dev/null; then exit 0; fi
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 1' INT TERM HUP
    printf '#!/bin/sh\\nexit 101\\n' >"$policy"
    chmod 755 "$policy"
  fi
  options='-y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 -o Acquire::Retries=1 -o Acquire::http::Timeout=20'
  apt-get install $options "$2" || { apt-get update -qq $options && apt-get install $options "$2"; }
  if [ -d /run/systemd/system ]; then systemctl disable --quiet "$2" || true; fi
`

async function install(name: string, debianPackage: string): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_SUSPEND: '1' }
  const sh = promisify(execFile)('sh', ['-c', installScript, 'sh', name, debianPackage], {
    env,
    timeout: 300_000,
  })
  sh.child.stdin?.end()
  // Whether it worked shows in whether the program is there.
  await sh.catch(() => undefined)
}
