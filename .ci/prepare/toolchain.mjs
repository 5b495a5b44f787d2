import { execFileSync, spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { root } from './root.mjs'

const programs = join(root, 'node_modules', '.bin')

/** The environment in which `node` and every tool are those of this checkout. */
export function toolchainEnvironment() {
  return {
    ...env,
    PATH: [programs, env.PATH].filter(Boolean).join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
  }
}

/** The path of one of the checkout's tools. */
export function tool(name) {
  return join(programs, name)
}

/**
 * Runs the same script again on the Node that the dependencies brought and ends as that run ends. Returns if this
 * process runs on it already, or if there is none for this machine.
 */
export async function continueOnToolchain(scriptUrl) {
  const node = toolchainNode()
  if (!node) return
  const child = spawn(node, [fileURLToPath(scriptUrl), ...process.argv.slice(2)], {
    env: toolchainEnvironment(),
    // The channel tells the child when this process is gone, even by SIGKILL.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  const forward = signal => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2']
  for (const signal of signals) process.on(signal, forward)
  child.once('exit', (code, signal) => {
    for (const each of signals) process.off(each, forward)
    if (signal) process.kill(process.pid, signal)
    else process.exit(code)
  })
  await new Promise((_resolve, reject) => child.once('error', reject))
}

function toolchainNode() {
  try {
    const node = realpathSync(tool('node'))
    if (node === realpathSync(process.execPath)) return undefined
    execFileSync(node, ['--version'], { stdio: 'ignore' })
    return node
  } catch {
    const major = Number(process.versions.node.split('.')[0])
    if (major < 22)
      console.log(`The dependencies brought no Node for this machine; going on with ${process.version}.`)
    return undefined
  }
}
